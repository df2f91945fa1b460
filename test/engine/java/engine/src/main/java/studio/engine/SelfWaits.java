package studio.engine;

import java.util.Arrays;

/**
 * Frees tasks that wait for themselves. A task that fails between a checkpoint's snapshot and the return of its feedback barrier closes that
 * checkpoint before its operators, and the closing waits for a lease that the operator's feedback log gives back when it is closed, by the same
 * thread. In a cluster that ends when the checkpoint times out and Flink gives up the process; here an interrupt, which Flink's waiting takes as
 * the end of it, lets the task fail of what it was failing of.
 */
final class SelfWaits extends Thread {
  private static final long INTERVAL_MILLIS = 100;
  private static final String WAIT = "closeAndGetHandleAfterLeasesReleased";

  SelfWaits() {
    super("self-waits");
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL_MILLIS);
        Schedule.tasks().forEach(SelfWaits::free);
      }
    } catch (InterruptedException ended) {
      // The process ends.
    }
  }

  private static void free(Thread task) {
    if (Arrays.stream(task.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals(WAIT))) {
      System.err.println("Freed from waiting for itself: " + task.getName());
      task.interrupt();
    }
  }
}
