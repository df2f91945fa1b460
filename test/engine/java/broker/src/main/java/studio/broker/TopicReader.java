package studio.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import studio.control.Control;

/** Tells every record of the topics that it follows, from their first on, as an event. */
final class TopicReader extends Thread {
  private final String isolation;
  private final Control control;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

  private static final class Change {
    final TopicPartition partition;
    final boolean added;
    final CompletableFuture<Void> applied = new CompletableFuture<>();

    Change(TopicPartition partition, boolean added) {
      this.partition = partition;
      this.added = added;
    }
  }

  TopicReader(String isolation, String address, Control control) {
    super(isolation);
    setDaemon(true);
    this.isolation = isolation;
    this.control = control;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", address,
                "isolation.level", isolation,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                // It may ask for a topic that is being deleted.
                "allow.auto.create.topics", "false",
                "fetch.max.wait.ms", "50"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void follow(JsonNode topics) {
    change(topics, true);
  }

  /** Returns when nothing of them is read any more: a topic of that name that is made anew is then read from its first record. */
  void unfollow(JsonNode topics) {
    change(topics, false).join();
  }

  private CompletableFuture<Void> change(JsonNode topics, boolean added) {
    List<CompletableFuture<Void>> applied = new ArrayList<>();
    for (JsonNode topic : topics) {
      for (int partition = 0; partition < topic.path("partitions").asInt(1); partition += 1) {
        Change change = new Change(new TopicPartition(topic.get("topic").asText(), partition), added);
        applied.add(change.applied);
        changes.add(change);
      }
    }
    return CompletableFuture.allOf(applied.toArray(new CompletableFuture<?>[0]));
  }

  @Override
  public void run() {
    Set<TopicPartition> assigned = new HashSet<>();
    while (true) {
      boolean changed = false;
      List<Change> taken = new ArrayList<>();
      for (Change next = changes.poll(); next != null; next = changes.poll()) {
        changed |= next.added ? assigned.add(next.partition) : assigned.remove(next.partition);
        taken.add(next);
      }
      if (changed) {
        consumer.assign(List.copyOf(assigned));
      }
      taken.forEach(change -> change.applied.complete(null));
      if (assigned.isEmpty()) {
        pause();
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        tell(record);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode line = Control.JSON.createObjectNode();
    line.put("event", "record");
    line.put("isolation", isolation);
    line.put("topic", record.topic());
    line.put("partition", record.partition());
    line.put("offset", record.offset());
    line.put("key", record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
    line.put("value", record.value() == null ? null : Base64.getEncoder().encodeToString(record.value()));
    control.send(line);
  }
}
