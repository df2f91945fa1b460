package studio.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.util.SerializedThrowable;
import studio.control.Control;

/** A chain of causes as text: {@code Class: message}, the outermost first. */
final class Causes {
  private Causes() {}

  static ArrayNode of(Throwable problem) {
    ArrayNode chain = Control.JSON.createArrayNode();
    for (Throwable cause = problem; cause != null && chain.size() < 20; cause = cause.getCause()) {
      Throwable plain =
          cause instanceof SerializedThrowable
              ? ((SerializedThrowable) cause).deserializeError(Causes.class.getClassLoader())
              : cause;
      // A SerializedThrowable's message begins with the class that it stands for.
      chain.add(
          plain instanceof SerializedThrowable || plain.getMessage() == null
              ? plain instanceof SerializedThrowable ? plain.getMessage() : plain.getClass().getName()
              : plain.getClass().getName() + ": " + plain.getMessage());
      cause = plain;
    }
    return chain;
  }
}
