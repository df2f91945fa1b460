package studio.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** Broker and controller in one node (KRaft), on loopback. */
final class BrokerNode {
  private BrokerNode() {}

  static void start(String folder, String address, String controller) throws Exception {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", "PLAINTEXT://" + address);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("log.dirs", folder);
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("auto.create.topics.enable", "true");
    properties.put("num.partitions", "1");
    Path file = Files.createTempFile("broker", ".properties");
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    int code = StorageTool.execute(new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()}, System.err);
    Files.delete(file);
    if (code != 0) {
      throw new IllegalStateException("The broker's folder could not be made ready");
    }
    new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM).startup();
  }
}
