package studio.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.statefun.flink.core.message.Message;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.AsyncOperationResult;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import studio.control.Control;

/** What {@link ScheduleAgent} saw, told as events. Each subtask has one thread, so what it is belongs to that thread. */
public final class Schedule {
  private static final class Subtask {
    JobID job;
    int index;
    int attempt;
    /** Ways by which the next messages came: the engine's queue is a FIFO, and what is sent meanwhile comes after them. */
    final ArrayDeque<String> origins = new ArrayDeque<>();
    MailboxExecutor mailbox;
    Thread task;
    /** The due message that is being fired. */
    Message due;
  }

  private static final ThreadLocal<Subtask> HERE = new ThreadLocal<>();
  private static final Map<JobID, String> RECORDED = new ConcurrentHashMap<>();
  private static final Map<JobID, Map<Integer, Subtask>> SUBTASKS = new ConcurrentHashMap<>();
  private static Control control;

  private Schedule() {}

  static void open(Control to) {
    control = to;
  }

  static void record(JobID job, String name) {
    RECORDED.put(job, name);
  }

  static void forget(JobID job) {
    RECORDED.remove(job);
    SUBTASKS.remove(job);
  }

  /** Makes the newest attempt of the first subtask throw. */
  static void crash(JobID job) {
    newest(job)
        .get(0)
        .mailbox
        .execute(
            () -> {
              throw new IllegalStateException("crash asked for by the test");
            },
            "crash");
  }

  /** Waits behind everything in each subtask's mailbox; a subtask that is stuck or closed is not waited for longer than a second. */
  static void drain(JobID job) throws InterruptedException {
    for (Subtask subtask : newest(job).values()) {
      CountDownLatch done = new CountDownLatch(1);
      subtask.mailbox.execute(done::countDown, "drain");
      done.await(1, TimeUnit.SECONDS);
    }
  }

  private static Map<Integer, Subtask> newest(JobID job) {
    Map<Integer, Subtask> newest = SUBTASKS.get(job);
    if (newest == null) {
      throw new IllegalStateException("No task of the job has opened yet");
    }
    return newest;
  }

  /** The threads of the newest attempts. */
  static List<Thread> tasks() {
    List<Thread> tasks = new ArrayList<>();
    SUBTASKS.values().forEach(subtasks -> subtasks.values().forEach(subtask -> tasks.add(subtask.task)));
    return tasks;
  }

  public static void opened(Object operator) {
    AbstractStreamOperator<?> streamOperator = (AbstractStreamOperator<?>) operator;
    Subtask subtask = new Subtask();
    subtask.job = streamOperator.getContainingTask().getEnvironment().getJobID();
    subtask.index = streamOperator.getRuntimeContext().getIndexOfThisSubtask();
    subtask.attempt = streamOperator.getRuntimeContext().getAttemptNumber();
    subtask.mailbox = mailboxOf(operator);
    subtask.task = Thread.currentThread();
    HERE.set(subtask);
    SUBTASKS.computeIfAbsent(subtask.job, job -> new ConcurrentHashMap<>()).put(subtask.index, subtask);
  }

  private static MailboxExecutor mailboxOf(Object operator) {
    try {
      Field field = operator.getClass().getDeclaredField("mailboxExecutor");
      field.setAccessible(true);
      return (MailboxExecutor) field.get(operator);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }

  /** A message from an ingress or from another subtask. */
  public static void arrived() {
    Subtask here = HERE.get();
    if (here != null) {
      here.origins.add("input");
    }
  }

  /** A delayed message is about to fire. */
  public static void due(Object message) {
    Subtask here = HERE.get();
    if (here != null) {
      here.due = (Message) message;
    }
  }

  /** Something joins this subtask's queue. */
  public static void enqueued() {
    Subtask here = HERE.get();
    if (here != null && here.due != null) {
      here.origins.add("timer");
      here.due = null;
    }
  }

  /** A due message that did not join this subtask's queue left for another one. */
  public static void fired() {
    Subtask here = HERE.get();
    Message due = here == null ? null : here.due;
    if (due == null) {
      return;
    }
    here.due = null;
    String name = RECORDED.get(here.job);
    if (name != null) {
      ObjectNode line = Control.JSON.createObjectNode();
      line.put("event", "schedule");
      line.put("at", System.currentTimeMillis());
      line.put("job", name);
      line.put("subtask", here.index);
      line.put("attempt", here.attempt);
      line.put("kind", "departure");
      line.put("target", text(due.target()));
      line.put("caller", text(due.source()));
      control.send(line);
    }
  }

  /** The operator's part of a checkpoint: what a restore goes back to. */
  public static void snapshot(Object context) {
    Subtask here = HERE.get();
    String name = here == null ? null : RECORDED.get(here.job);
    if (name != null) {
      ObjectNode line = Control.JSON.createObjectNode();
      line.put("event", "schedule");
      line.put("at", System.currentTimeMillis());
      line.put("job", name);
      line.put("subtask", here.index);
      line.put("attempt", here.attempt);
      line.put("kind", "snapshot");
      line.put("checkpoint", ((StateSnapshotContext) context).getCheckpointId());
      control.send(line);
    }
  }

  /** The first call of a type is answered within `invoke` (S14). */
  public static void joined(Object request, Object result) {
    Subtask here = HERE.get();
    String name = here == null ? null : RECORDED.get(here.job);
    if (name != null) {
      ToFunction.InvocationBatchRequest batch = ((ToFunction) request).getInvocation();
      ObjectNode line = Control.JSON.createObjectNode();
      line.put("event", "schedule");
      line.put("at", System.currentTimeMillis());
      line.put("job", name);
      line.put("subtask", here.index);
      line.put("attempt", here.attempt);
      line.put(
          "target",
          batch.getTarget().getNamespace() + "/" + batch.getTarget().getType() + "/" + batch.getTarget().getId());
      line.put("kind", "first-answer");
      putOutcome(line, (AsyncOperationResult<?, ?>) result);
      line.put("batch", batch.getInvocationsCount());
      control.send(line);
    }
  }

  public static void invoked(Object context, Object input) {
    Subtask here = HERE.get();
    if (here == null) {
      return;
    }
    boolean message = input instanceof TypedValue;
    String origin = message && !here.origins.isEmpty() ? here.origins.poll() : "local";
    String name = RECORDED.get(here.job);
    if (name == null) {
      return;
    }
    ObjectNode line = Control.JSON.createObjectNode();
    line.put("event", "schedule");
    line.put("at", System.currentTimeMillis());
    line.put("job", name);
    line.put("subtask", here.index);
    line.put("attempt", here.attempt);
    line.put("target", text(((Context) context).self()));
    if (message) {
      TypedValue argument = (TypedValue) input;
      line.put("kind", "message");
      line.put("origin", origin);
      line.put("caller", text(((Context) context).caller()));
      line.put("typename", argument.getTypename());
      line.put("argument", Base64.getEncoder().encodeToString(argument.getValue().toByteArray()));
    } else {
      AsyncOperationResult<?, ?> result = (AsyncOperationResult<?, ?>) input;
      line.put("kind", "completion");
      putOutcome(line, result);
      line.put("batch", ((ToFunction) result.metadata()).getInvocation().getInvocationsCount());
    }
    control.send(line);
  }

  private static void putOutcome(ObjectNode line, AsyncOperationResult<?, ?> result) {
    line.put("outcome", result.status().name().toLowerCase());
    line.put("incomplete", result.successful() && ((FromFunction) result.value()).hasIncompleteInvocationContext());
  }

  private static String text(Address address) {
    return address == null ? null : address.type().namespace() + "/" + address.type().name() + "/" + address.id();
  }
}
