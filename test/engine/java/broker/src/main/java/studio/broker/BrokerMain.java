package studio.broker;
public final class BrokerMain {
  public static void main(String[] arguments) {}
}
