package studio.verdict;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.statefun.flink.core.StatefulFunctionsConfig;
import org.apache.flink.statefun.flink.core.StatefulFunctionsJob;
import org.apache.flink.statefun.flink.core.StatefulFunctionsUniverse;
import org.apache.flink.statefun.flink.core.StatefulFunctionsUniverseProvider;
import org.apache.flink.statefun.flink.core.httpfn.HttpFunctionEndpointSpec;
import org.apache.flink.statefun.flink.core.httpfn.HttpFunctionProvider;
import org.apache.flink.statefun.flink.core.spi.Modules;
import org.apache.flink.statefun.flink.io.generated.RoutingConfig;
import org.apache.flink.statefun.flink.io.generated.TargetFunctionType;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.StatefulFunctionProvider;
import org.apache.flink.statefun.sdk.io.EgressSpec;
import org.apache.flink.statefun.sdk.io.IngressSpec;
import org.apache.flink.statefun.sdk.kafka.KafkaEgressSpec;
import org.apache.flink.statefun.sdk.kafka.KafkaIngressSpec;
import org.apache.flink.statefun.sdk.kafka.KafkaIngressStartupPosition;
import org.apache.flink.statefun.sdk.kafka.KafkaProducerSemantic;
import org.apache.flink.statefun.sdk.kafka.KafkaTopicPartition;
import org.apache.flink.statefun.sdk.kinesis.auth.AwsCredentials;
import org.apache.flink.statefun.sdk.kinesis.auth.AwsRegion;
import org.apache.flink.statefun.sdk.kinesis.egress.KinesisEgressSpec;
import org.apache.flink.statefun.sdk.kinesis.ingress.KinesisIngressSpec;
import org.apache.flink.statefun.sdk.kinesis.ingress.KinesisIngressStartupPosition;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The real loader's verdict on many files in one JVM. Standard input has one JSON object a line, {"name", "text"} with the file's bytes in
 * base64; standard output gets one line for each: {"name", "load", "start", "call", "error", "components"}. Nothing is submitted or called.
 * The shape of the components is described in src/module-yaml/loaded/loaded-component.ts.
 */
public final class LoaderVerdicts {
  private static final ObjectMapper JSON = new ObjectMapper();
  /** The universe of the file at hand: the job asks its configuration for it, which keeps only what can be serialized. */
  private static volatile StatefulFunctionsUniverse universe;

  private LoaderVerdicts() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    // A lone surrogate has no UTF-8.
    JSON.getFactory().enable(JsonGenerator.Feature.ESCAPE_NON_ASCII);
    // Libraries that print would break the lines.
    System.setOut(System.err);
    Path file = Files.createTempFile("module", ".yaml");
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode request = JSON.readTree(line);
        Files.write(file, Base64.getDecoder().decode(request.get("text").asText()));
        ObjectNode verdict = judge(file);
        verdict.put("name", request.get("name").asText());
        out.write(JSON.writeValueAsString(verdict).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        out.flush();
      }
    } finally {
      Files.deleteIfExists(file);
    }
    System.exit(0);
  }

  private static ObjectNode judge(Path file) {
    ObjectNode verdict = JSON.createObjectNode();
    verdict.put("load", "reject").putNull("start").putNull("call").putNull("error");
    verdict.putArray("components");
    Configuration flink = new Configuration();
    flink.set(StatefulFunctionsConfig.REMOTE_MODULE_NAME, file.toUri().toString());
    StatefulFunctionsConfig config = StatefulFunctionsConfig.fromFlinkConfiguration(flink);
    config.setProvider(new UniverseAtHand());
    try {
      universe = Modules.loadFromClassPath(config).createStatefulFunctionsUniverse();
    } catch (Throwable error) {
      return verdict.put("error", rootText(error));
    }
    verdict.put("load", "accept");
    List<ObjectNode> components = new ArrayList<>();
    // Before the start, which adds properties of Flink's own.
    universe.ingress().values().forEach(spec -> components.add(ingress(spec)));
    universe.egress().values().forEach(spec -> components.add(egress(spec)));
    boolean started = start(flink, config, verdict);
    for (StatefulFunctionProvider provider : providers()) {
      components.add(endpoint((HttpFunctionProvider) provider, started, verdict));
    }
    if (started && verdict.get("call").isNull()) {
      verdict.put("call", "ok");
    }
    components.sort(Comparator.comparing(node -> node.get("type").asText() + " " + node.get(node.has("id") ? "id" : "functions").asText()));
    ArrayNode list = verdict.putArray("components");
    components.forEach(list::add);
    return verdict;
  }

  private static boolean start(Configuration flink, StatefulFunctionsConfig config, ObjectNode verdict) {
    try {
      StatefulFunctionsJob.main(new PlanOnly(flink), config);
      verdict.put("start", "ok");
      return true;
    } catch (Throwable error) {
      verdict.put("start", "fail").put("error", rootText(error));
      return false;
    }
  }

  private static List<StatefulFunctionProvider> providers() {
    List<StatefulFunctionProvider> all = new ArrayList<>(universe.functions().values());
    all.addAll(universe.namespaceFunctions().values());
    return all;
  }

  /** An endpoint as bound, and what the first call to it would meet: its URL is built, its transport's options are read. */
  private static ObjectNode endpoint(HttpFunctionProvider provider, boolean started, ObjectNode verdict) {
    HttpFunctionEndpointSpec spec = (HttpFunctionEndpointSpec) field(provider, "endpointSpec");
    boolean exact = spec.targetFunctions().isSpecificFunctionType();
    FunctionType type =
        exact
            ? spec.targetFunctions().asSpecificFunctionType()
            : new FunctionType(spec.targetFunctions().asNamespace().targetNamespace(), "name");
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "endpoint");
    json.put("functions", type.namespace() + "/" + (exact ? type.name() : "*"));
    json.put("urlPathTemplate", (String) field(spec.urlPathTemplate(), "template"));
    json.put("maxNumBatchRequests", spec.maxNumBatchRequests());
    json.put("transport", spec.transportClientFactoryType().canonicalTypenameString());
    json.putNull("options");
    if (started) {
      try {
        provider.functionOfType(type);
        json.set("options", options(spec));
      } catch (Throwable error) {
        verdict.put("call", "fail");
        if (verdict.get("error").isNull()) {
          verdict.put("error", rootText(error));
        }
      }
    }
    return json;
  }

  private static ObjectNode options(HttpFunctionEndpointSpec spec) throws ReflectiveOperationException {
    ObjectNode options = JSON.createObjectNode();
    boolean async = spec.transportClientFactoryType().name().equals("async");
    String factory = async ? "nettyclient.NettyRequestReplyClientFactory" : "httpfn.DefaultHttpRequestReplyClientFactory";
    Method parse =
        Class.forName("org.apache.flink.statefun.flink.core." + factory)
            .getDeclaredMethod(async ? "parseTransportSpec" : "parseTransportProperties", ObjectNode.class);
    parse.setAccessible(true);
    Object parsed = parse.invoke(null, spec.transportClientProperties());
    if (async) {
      options.set("call", duration((Duration) field(parsed, "callTimeout")));
      options.set("connect", duration((Duration) field(parsed, "connectTimeout")));
      options.set("pool_ttl", duration((Duration) field(parsed, "pooledConnectionTTL")));
      options.put("pool_size", (Integer) field(parsed, "connectionPoolMaxSize"));
      options.put("payload_max_bytes", (Integer) field(parsed, "maxRequestOrResponseSizeInBytes"));
      options.put("trust_cacerts", (String) field(parsed, "trustedCaCerts"));
      options.put("client_cert", (String) field(parsed, "clientCerts"));
      options.put("client_key", (String) field(parsed, "clientKey"));
      options.put("client_key_password", (String) field(parsed, "clientKeyPassword"));
    } else {
      Object timeouts = field(parsed, "timeouts");
      for (String name : new String[] {"call", "connect", "read", "write"}) {
        options.set(name, duration((Duration) field(timeouts, name + "Timeout")));
      }
    }
    return options;
  }

  private static ObjectNode ingress(IngressSpec<?> spec) {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "ingress");
    json.put("id", spec.id().namespace() + "/" + spec.id().name());
    if (spec instanceof KafkaIngressSpec) {
      KafkaIngressSpec<?> kafka = (KafkaIngressSpec<?>) spec;
      json.put("connector", "kafka");
      json.set("properties", properties(kafka.properties()));
      json.set("startupPosition", position(kafka.startupPosition()));
      json.set("routes", routes(kafka.topics(), kafka.deserializer()));
    } else if (spec instanceof KinesisIngressSpec) {
      KinesisIngressSpec<?> kinesis = (KinesisIngressSpec<?>) spec;
      json.put("connector", "kinesis");
      json.set("awsRegion", region(kinesis.awsRegion().get()));
      json.set("awsCredentials", credentials(kinesis.awsCredentials().get()));
      json.set("properties", properties(kinesis.properties()));
      json.set("startupPosition", position(kinesis.startupPosition()));
      json.set("routes", routes(kinesis.streams(), kinesis.deserializer()));
    }
    return json;
  }

  private static ObjectNode egress(EgressSpec<?> spec) {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "egress");
    json.put("id", spec.id().namespace() + "/" + spec.id().name());
    if (spec instanceof KafkaEgressSpec) {
      KafkaEgressSpec<?> kafka = (KafkaEgressSpec<?>) spec;
      json.put("connector", "kafka");
      json.put("address", kafka.kafkaAddress());
      json.set("properties", properties(kafka.properties()));
      KafkaProducerSemantic semantic = kafka.semantic();
      json.put("delivery", semantic.isExactlyOnceSemantic() ? "exactly-once" : semantic.isAtLeastOnceSemantic() ? "at-least-once" : "none");
      json.set(
          "transactionTimeout",
          semantic.isExactlyOnceSemantic() ? duration(semantic.asExactlyOnceSemantic().transactionTimeout()) : JSON.nullNode());
    } else if (spec instanceof KinesisEgressSpec) {
      KinesisEgressSpec<?> kinesis = (KinesisEgressSpec<?>) spec;
      json.put("connector", "kinesis");
      json.set("awsRegion", region(kinesis.awsRegion()));
      json.set("awsCredentials", credentials(kinesis.awsCredentials()));
      json.set("properties", properties(kinesis.clientConfigurationProperties()));
      json.put("maxOutstandingRecords", kinesis.maxOutstandingRecords());
    }
    return json;
  }

  private static ObjectNode properties(Properties properties) {
    ObjectNode json = JSON.createObjectNode();
    new TreeMap<Object, Object>(properties).forEach((name, value) -> json.put(String.valueOf(name), String.valueOf(value)));
    return json;
  }

  @SuppressWarnings("unchecked")
  private static ArrayNode routes(List<String> topics, Object deserializer) {
    Map<String, RoutingConfig> configs = (Map<String, RoutingConfig>) field(deserializer, "routingConfigs");
    ArrayNode json = JSON.createArrayNode();
    List<String> sorted = new ArrayList<>(topics);
    sorted.sort(Comparator.naturalOrder());
    for (String topic : sorted) {
      RoutingConfig config = configs.get(topic);
      ObjectNode route = json.addObject().put("topic", topic).put("valueType", config.getTypeUrl());
      ArrayNode targets = route.putArray("targets");
      for (TargetFunctionType target : config.getTargetFunctionTypesList()) {
        targets.add(target.getNamespace() + "/" + target.getType());
      }
    }
    return json;
  }

  private static ObjectNode position(KafkaIngressStartupPosition position) {
    ObjectNode json = JSON.createObjectNode();
    if (position.isSpecificOffsets()) {
      json.put("type", "specific-offsets");
      ObjectNode offsets = json.putObject("offsets");
      TreeMap<String, Long> sorted = new TreeMap<>();
      for (Map.Entry<KafkaTopicPartition, Long> entry : position.asSpecificOffsets().specificOffsets().entrySet()) {
        sorted.put(entry.getKey().topic() + "/" + entry.getKey().partition(), entry.getValue());
      }
      sorted.forEach((partition, offset) -> offsets.put(partition, String.valueOf(offset)));
      return json;
    }
    if (position.isDate()) {
      return json.put("type", "date").put("at", position.asDate().epochMilli());
    }
    return json.put("type", position.isEarliest() ? "earliest" : position.isLatest() ? "latest" : "group-offsets");
  }

  private static ObjectNode position(KinesisIngressStartupPosition position) {
    ObjectNode json = JSON.createObjectNode();
    if (position.isDate()) {
      return json.put("type", "date").put("at", position.asDate().date().toInstant().toEpochMilli());
    }
    return json.put("type", position.isEarliest() ? "earliest" : "latest");
  }

  private static ObjectNode region(AwsRegion region) {
    ObjectNode json = JSON.createObjectNode();
    if (region.isId()) {
      return json.put("type", "specific").put("id", region.asId().id());
    }
    if (region.isCustomEndpoint()) {
      AwsRegion.CustomEndpointAwsRegion custom = region.asCustomEndpoint();
      return json.put("type", "custom-endpoint").put("endpoint", custom.serviceEndpoint()).put("id", custom.regionId());
    }
    return json.put("type", "default");
  }

  private static ObjectNode credentials(AwsCredentials credentials) {
    ObjectNode json = JSON.createObjectNode();
    if (credentials.isBasic()) {
      AwsCredentials.BasicAwsCredentials basic = credentials.asBasic();
      return json.put("type", "basic").put("accessKeyId", basic.accessKeyId()).put("secretAccessKey", basic.secretAccessKey());
    }
    if (credentials.isProfile()) {
      AwsCredentials.ProfileAwsCredentials profile = credentials.asProfile();
      return json.put("type", "profile").put("profileName", profile.name()).put("profilePath", profile.path().orElse(null));
    }
    return json.put("type", "default");
  }

  /** Whole milliseconds as a number, anything else as the text of its nanoseconds. */
  private static JsonNode duration(Duration duration) {
    BigInteger nanos =
        BigInteger.valueOf(duration.getSeconds()).multiply(BigInteger.valueOf(1_000_000_000L)).add(BigInteger.valueOf(duration.getNano()));
    BigInteger[] millis = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000L));
    return millis[1].signum() == 0 && millis[0].bitLength() <= 53
        ? JSON.getNodeFactory().numberNode(millis[0].longValue())
        : JSON.getNodeFactory().textNode(nanos + " ns");
  }

  private static Object field(Object owner, String name) {
    try {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(owner.getClass() + " has no field " + name, error);
    }
  }

  private static String rootText(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getClass().getSimpleName() + ": " + root.getMessage();
    return text.length() > 400 ? text.substring(0, 400) : text;
  }

  private static final class UniverseAtHand implements StatefulFunctionsUniverseProvider {
    private static final long serialVersionUID = 1L;

    @Override
    public StatefulFunctionsUniverse get(ClassLoader classLoader, StatefulFunctionsConfig config) {
      return universe;
    }
  }

  /** Makes the job graph, which is the last step before submission, and runs nothing. */
  private static final class PlanOnly extends StreamExecutionEnvironment {
    PlanOnly(Configuration configuration) {
      super(configuration);
    }

    @Override
    public JobExecutionResult execute(StreamGraph graph) {
      graph.getJobGraph();
      return null;
    }
  }
}
