package studio.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.statefun.flink.core.StatefulFunctionsConfig;
import org.apache.flink.statefun.flink.core.StatefulFunctionsJob;
import org.apache.flink.statefun.flink.core.StatefulFunctionsUniverseProvider;
import org.apache.flink.statefun.flink.core.spi.Modules;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Reference;
import studio.control.Control;

/** A StateFun job on a cluster of its own. What StateFun's own main does with an environment is all that is done here. */
final class EngineJob {
  /** Loading it takes seconds, and it may be shared. */
  private static final RpcSystem RPC = RpcSystem.load();

  private final String name;
  private final Control control;
  private MiniCluster cluster;
  private JobGraph graph;
  private JobWatch watch;

  EngineJob(String name, Control control) {
    this.name = name;
    this.control = control;
  }

  /** Returns when the job is submitted; {@link JobWatch} tells what becomes of it. */
  void start(String module, Map<String, String> settings, boolean schedule) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.port", "0");
    configuration.setString("rest.address", "127.0.0.1");
    configuration.setString("state.backend", "rocksdb");
    configuration.setString("taskmanager.memory.managed.size", "32m");
    configuration.setString("taskmanager.memory.network.min", "16m");
    configuration.setString("taskmanager.memory.network.max", "16m");
    configuration.setString("parallelism.default", "1");
    settings.forEach(configuration::setString);
    configuration.set(StatefulFunctionsConfig.REMOTE_MODULE_NAME, module);
    graph = jobGraph(configuration);
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(graph.getMaximumParallelism())
                .build(),
            () -> Reference.borrowed(RPC));
    cluster.start();
    if (schedule) {
      Schedule.record(graph.getJobID(), name);
    }
    cluster.submitJob(graph).get(60, TimeUnit.SECONDS);
    watch = new JobWatch(name, control, cluster, graph.getJobID());
    watch.start();
  }

  private static JobGraph jobGraph(Configuration configuration) throws Exception {
    StatefulFunctionsConfig config = StatefulFunctionsConfig.fromFlinkConfiguration(configuration);
    config.setProvider(
        (StatefulFunctionsUniverseProvider)
            (loader, given) -> Modules.loadFromClassPath(given).createStatefulFunctionsUniverse());
    GraphOnly environment = new GraphOnly(configuration);
    StatefulFunctionsJob.main(environment, config);
    return environment.graph;
  }

  /** Keeps the graph of what it is asked to execute. */
  private static final class GraphOnly extends StreamExecutionEnvironment {
    private JobGraph graph;

    GraphOnly(Configuration configuration) {
      super(configuration);
    }

    @Override
    public JobExecutionResult execute(String jobName) {
      graph = getStreamGraph().getJobGraph();
      return null;
    }
  }

  JobID id() {
    return graph.getJobID();
  }

  void stop() throws Exception {
    if (watch != null) {
      watch.end();
    }
    if (cluster != null) {
      CompletableFuture<Void> closed = cluster.closeAsync();
      try {
        closed.get(60, TimeUnit.SECONDS);
      } catch (TimeoutException late) {
        // All was seen that is to be seen: a task that takes its time to end, in a client of Kafka for instance, is no finding.
        System.err.println("The cluster of job " + name + " is still closing after a minute. Its threads:");
        Thread.getAllStackTraces().forEach(EngineJob::print);
      }
      Schedule.forget(id());
    }
  }

  private static void print(Thread thread, StackTraceElement[] stack) {
    System.err.println("  " + thread.getName() + " " + thread.getState());
    for (StackTraceElement frame : stack) {
      System.err.println("    at " + frame);
    }
  }

  /** Fails a task of the job from its own mailbox. */
  void crash() {
    Schedule.crash(id());
  }

  /** Returns when the operator's threads have done what they had been given before. */
  void drain() throws Exception {
    Schedule.drain(id());
  }

  void checkpoint() throws Exception {
    cluster.triggerCheckpoint(id()).get(60, TimeUnit.SECONDS);
  }

  JsonNode status() throws Exception {
    ObjectNode status = Control.JSON.createObjectNode();
    status.put("state", cluster.getJobStatus(id()).get(10, TimeUnit.SECONDS).name());
    status.put("rest", cluster.getRestAddress().get().toString());
    status.put("id", id().toHexString());
    return status;
  }
}
