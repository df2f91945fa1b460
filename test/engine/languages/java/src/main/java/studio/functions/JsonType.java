package studio.functions;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/** Types whose values are JSON. */
final class JsonType {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private JsonType() {}

  static <T> Type<T> of(String typeName, Class<T> valueClass) {
    return SimpleType.simpleImmutableTypeFrom(
        TypeName.typeNameFromString(typeName), JSON::writeValueAsBytes, bytes -> JSON.readValue(bytes, valueClass));
  }
}
