package studio.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.types.StringValue;
import studio.control.Control;

/** Where Flink puts keys, by its own arithmetic, and the order in which RocksDB holds them. */
final class KeyGroups {
  private static final int GROUPS = KeyGroupRangeAssignment.DEFAULT_LOWER_BOUND_MAX_PARALLELISM;

  private KeyGroups() {}

  static JsonNode of(JsonNode ids, JsonNode parallelism) throws IOException {
    ObjectNode table = Control.JSON.createObjectNode();
    ArrayNode max = table.putArray("maxParallelism");
    for (JsonNode one : parallelism) {
      max.add(KeyGroupRangeAssignment.computeDefaultMaxParallelism(one.asInt()));
    }
    ArrayNode rows = table.putArray("ids");
    Map<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (JsonNode each : ids) {
      String id = each.asText();
      ObjectNode row = rows.addObject();
      row.put("id", id);
      row.put("keyGroup", KeyGroupRangeAssignment.assignToKeyGroup(id, GROUPS));
      ArrayNode subtasks = row.putArray("subtasks");
      for (int at = 0; at < parallelism.size(); at += 1) {
        subtasks.add(KeyGroupRangeAssignment.assignKeyToParallelOperator(id, max.get(at).asInt(), parallelism.get(at).asInt()));
      }
      sorted.put(stored(id), id);
    }
    ArrayNode order = table.putArray("restoreOrder");
    sorted.values().forEach(order::add);
    return table;
  }

  /** The bytes of a key of RocksDB's: the key group, then the serialized id. */
  private static byte[] stored(String id) throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(64);
    bytes.writeByte(KeyGroupRangeAssignment.assignToKeyGroup(id, GROUPS));
    StringValue.writeString(id, bytes);
    return bytes.getCopyOfBuffer();
  }
}
