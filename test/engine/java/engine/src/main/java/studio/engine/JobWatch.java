package studio.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import studio.control.Control;

/**
 * Looks at a job every few milliseconds and tells what changed: all tasks running, failed (with its causes), ended, a checkpoint completed.
 * Flink offers no listener for these.
 */
final class JobWatch extends Thread {
  private static final long INTERVAL_MILLIS = 10;

  private final String name;
  private final Control control;
  private final MiniCluster cluster;
  private final JobID id;
  private volatile boolean over;
  private String shown = "";
  private long failureAt = -1;
  private long checkpoint = 0;

  JobWatch(String name, Control control, MiniCluster cluster, JobID id) {
    super("watch " + name);
    setDaemon(true);
    this.name = name;
    this.control = control;
    this.cluster = cluster;
    this.id = id;
  }

  void end() {
    over = true;
    interrupt();
  }

  @Override
  public void run() {
    try {
      while (!over) {
        AccessExecutionGraph graph = cluster.getExecutionGraph(id).get(30, TimeUnit.SECONDS);
        look(graph);
        if (graph.getState().isGloballyTerminalState()) {
          return;
        }
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException ended) {
      // The job is being stopped.
    } catch (Exception problem) {
      if (!over) {
        tell("lost").set("causes", Causes.of(problem));
      }
    }
  }

  private void look(AccessExecutionGraph graph) {
    ErrorInfo failure = graph.getFailureInfo();
    if (failure != null && failure.getTimestamp() != failureAt) {
      failureAt = failure.getTimestamp();
      ObjectNode line = tell("failed");
      line.put("time", failureAt);
      line.set("causes", Causes.of(failure.getException()));
      control.send(line);
    }
    CheckpointStatsSnapshot statistics = graph.getCheckpointStatsSnapshot();
    if (statistics != null) {
      List<AbstractCheckpointStats> history = statistics.getHistory().getCheckpoints();
      for (int i = history.size() - 1; i >= 0; i -= 1) {
        AbstractCheckpointStats one = history.get(i);
        if (one.getStatus() == CheckpointStatsStatus.COMPLETED && one.getCheckpointId() > checkpoint) {
          checkpoint = one.getCheckpointId();
          ObjectNode line = tell("checkpoint");
          line.put("checkpoint", checkpoint);
          line.put("time", one.getTriggerTimestamp() + one.getEndToEndDuration());
          control.send(line);
        }
      }
    }
    String state = stateOf(graph);
    if (!state.equals(shown)) {
      shown = state;
      ObjectNode line = tell("state");
      line.put("state", state);
      control.send(line);
    }
  }

  /** Flink's word for the job; RUNNING only when every task runs, INITIALIZING before that. */
  private static String stateOf(AccessExecutionGraph graph) {
    if (graph.getState() != JobStatus.RUNNING) {
      return graph.getState().name();
    }
    for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return "INITIALIZING";
      }
    }
    return "RUNNING";
  }

  private ObjectNode tell(String event) {
    ObjectNode line = Control.JSON.createObjectNode();
    line.put("event", event);
    line.put("job", name);
    return line;
  }
}
