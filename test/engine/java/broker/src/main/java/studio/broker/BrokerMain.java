package studio.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;
import studio.control.Control;

/**
 * A broker of one node, and topics, records and readers on request. Arguments: a folder for its data, the broker's port, the
 * controller's port.
 */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws Exception {
    Control control = new Control();
    String address = "127.0.0.1:" + arguments[1];
    BrokerNode.start(arguments[0], address, "127.0.0.1:" + arguments[2]);
    Admin admin = Admin.create(Map.of("bootstrap.servers", address));
    AtomicReference<KafkaProducer<byte[], byte[]>> producer = new AtomicReference<>(producer(address));
    admin.describeCluster().nodes().get();
    TopicReader dirty = new TopicReader("read_uncommitted", address, control);
    TopicReader committed = new TopicReader("read_committed", address, control);
    dirty.start();
    committed.start();
    control.serve(
        Control.JSON.createObjectNode().put("kafka", AppInfoParser.getVersion()),
        (what, request) -> {
          switch (what) {
            case "create-topics":
              create(admin, request);
              return null;
            case "delete-topics":
              delete(admin, request);
              // What a producer knows of a topic does not hold for one of its name that is made anew.
              producer.getAndSet(producer(address)).close();
              return null;
            case "unfollow":
              dirty.unfollow(request.get("topics"));
              committed.unfollow(request.get("topics"));
              return null;
            case "follow":
              dirty.follow(request.get("topics"));
              committed.follow(request.get("topics"));
              return null;
            case "produce":
              return produce(producer.get(), request.get("records"));
            default:
              throw new IllegalArgumentException("Nothing is known of " + what);
          }
        });
    // The data is thrown away, so nothing needs an orderly end.
    Runtime.getRuntime().halt(0);
  }

  /**
   * Keeps order by having one request under way. An idempotent one may be stuck on a partition that is only just there: its first request is
   * refused, its second one taken, and the first then counts as out of order.
   */
  private static KafkaProducer<byte[], byte[]> producer(String address) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", address,
            "acks", "all",
            "enable.idempotence", "false",
            "max.in.flight.requests.per.connection", "1",
            "linger.ms", "0",
            "max.block.ms", "20000"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void create(Admin admin, JsonNode request) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (JsonNode topic : request.get("topics")) {
      topics.add(new NewTopic(topic.get("topic").asText(), Optional.of(topic.path("partitions").asInt(1)), Optional.of((short) 1)));
    }
    try {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException problem) {
      if (!(problem.getCause() instanceof TopicExistsException)) {
        throw problem;
      }
    }
  }

  /**
   * Returns when the broker knows them no longer: it takes its time after it has said so. A producer that asks for one of them meanwhile
   * makes it anew, so that it has to be deleted again.
   */
  private static void delete(Admin admin, JsonNode request) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode topic : request.get("topics")) {
      names.add(topic.get("topic").asText());
    }
    while (!names.isEmpty()) {
      try {
        admin.deleteTopics(names).all().get();
      } catch (ExecutionException problem) {
        if (!(problem.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw problem;
        }
      }
      Thread.sleep(20);
      names.retainAll(admin.listTopics().names().get());
    }
  }

  /** Sends all, waits for all; the answer has a partition and an offset for each. */
  private static JsonNode produce(KafkaProducer<byte[], byte[]> producer, JsonNode records) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JsonNode record : records) {
      JsonNode partition = record.path("partition");
      ProducerRecord<byte[], byte[]> one =
          new ProducerRecord<>(
              record.get("topic").asText(),
              partition.isInt() ? partition.asInt() : null,
              text(record.path("key")),
              bytes(record.path("value")));
      for (Map.Entry<String, String> header : headers(record.path("headers")).entrySet()) {
        one.headers().add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
      }
      sent.add(producer.send(one));
    }
    ArrayNode places = Control.JSON.createArrayNode();
    for (Future<RecordMetadata> future : sent) {
      RecordMetadata metadata = future.get();
      ObjectNode place = places.addObject();
      place.put("partition", metadata.partition());
      place.put("offset", metadata.offset());
    }
    return places;
  }

  private static byte[] text(JsonNode key) {
    return key.isTextual() ? key.asText().getBytes(StandardCharsets.UTF_8) : null;
  }

  private static byte[] bytes(JsonNode value) {
    return value.isTextual() ? Base64.getDecoder().decode(value.asText()) : null;
  }

  private static Map<String, String> headers(JsonNode object) {
    Map<String, String> headers = new TreeMap<>();
    object.fields().forEachRemaining(field -> headers.put(field.getKey(), field.getValue().asText()));
    return headers;
  }
}
