/** What Flink 1.16 and StateFun 3.3 reach into, which a JDK later than 8 keeps closed unless told. */
const OPENED = [
  'java.lang',
  'java.lang.invoke',
  'java.lang.reflect',
  'java.util',
  'java.util.concurrent',
  'java.util.concurrent.atomic',
  'java.util.concurrent.locks',
  'java.util.function',
  'java.nio',
  'java.time',
  'java.math',
  'java.net',
  'java.io',
  'java.text',
  'sun.net.util',
  'sun.nio.ch',
  'sun.security.action',
  'sun.util.calendar',
];

export const JAVA_OPENS: readonly string[] = OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);
