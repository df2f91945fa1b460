/** Region and credentials of the Kinesis kinds. */
import { parseJavaUri } from '../uri/java-uri.ts';
import { syntaxFault } from '../url-check.ts';
import { pairOf, scalarText, type PairNode } from '../source/source-node.ts';
import { readChoice, readObject } from './object-fields.ts';
import { fail, readText, warn, keyRange, type SpecContext } from './spec-context.ts';
import type { FieldShape } from './unknown-fields.ts';

export const AWS_SHAPES = {
  awsRegion: { fields: { type: true, id: true, endpoint: true } },
  awsCredentials: { fields: { type: true, accessKeyId: true, secretAccessKey: true, profileName: true, profilePath: true } },
  clientConfigProperties: true,
} satisfies Record<string, FieldShape>;

/** What the Kinesis consumer takes for a region. */
const REGION = /^[a-z]+-(?:[a-z]+-?[a-z]+-(?:[0-9]|global)|global)$/;

export function readAws(context: SpecContext, role: 'ingress' | 'egress'): void {
  const region = readObject(context, context.spec, 'awsRegion', ['awsRegion'], '“type: specific” and “id: us-east-1”');
  if (region !== null) {
    readRegion(context, region, role);
  }
  const credentials = readObject(context, context.spec, 'awsCredentials', ['awsCredentials'], '“type: default”');
  if (credentials !== null) {
    readCredentials(context, credentials);
  }
  const misnamed = pairOf(context.spec.value, 'properties');
  if (misnamed !== null) {
    warn(context, 'unknown-field', 'properties is ignored here: the Kinesis kinds read clientConfigProperties.', {
      at: keyRange(misnamed),
      field: ['properties'],
    });
  }
}

function readRegion(context: SpecContext, region: PairNode, role: 'ingress' | 'egress'): void {
  const path = ['awsRegion'];
  const type = readChoice(context, region, 'type', [...path, 'type'], ['default', 'specific', 'custom-endpoint'], { required: true });
  if (type !== 'specific' && type !== 'custom-endpoint') {
    return;
  }
  const id = readText(context, region, 'id', [...path, 'id'], { required: 'write the region, such as us-east-1.', loose: true });
  if (id !== null && role === 'ingress' && !REGION.test(scalarText(id))) {
    fail(context, 'bad-region', `“${scalarText(id)}” does not look like a region: write one such as eu-central-1.`, {
      at: id,
      field: [...path, 'id'],
      moment: 'start',
    });
  }
  if (type === 'custom-endpoint') {
    readEndpoint(context, region, role);
  }
}

function readEndpoint(context: SpecContext, region: PairNode, role: 'ingress' | 'egress'): void {
  const field = ['awsRegion', 'endpoint'];
  const value = readText(context, region, 'endpoint', field, { required: 'write a URL that begins with https://.', loose: true });
  if (value === null) {
    return;
  }
  const url = scalarText(value);
  const uri = parseJavaUri(url);
  if (!uri.ok || uri.value.scheme?.toLowerCase() !== 'https') {
    const why = uri.ok ? 'only https:// is taken.' : syntaxFault(url, uri.error);
    fail(context, 'bad-url', `“${url}” cannot be the endpoint: ${why}`, { at: value, field, moment: 'load' });
    return;
  }
  const host = uri.value.server?.host ?? null;
  if (role === 'egress' && host === null) {
    const message = `“${url}” names no legal host, and the job does not start with it: use letters, digits, dots and hyphens.`;
    fail(context, 'bad-url', message, { at: value, field, moment: 'start' });
  }
}

function readCredentials(context: SpecContext, credentials: PairNode): void {
  const path = ['awsCredentials'];
  const type = readChoice(context, credentials, 'type', [...path, 'type'], ['default', 'basic', 'profile'], { required: true });
  if (type === 'basic') {
    readText(context, credentials, 'accessKeyId', [...path, 'accessKeyId'], { required: 'write the access key.', loose: true });
    readText(context, credentials, 'secretAccessKey', [...path, 'secretAccessKey'], { required: 'write the secret key.', loose: true });
  } else if (type === 'profile') {
    readText(context, credentials, 'profileName', [...path, 'profileName'], { required: "write the profile's name.", loose: true });
    readText(context, credentials, 'profilePath', [...path, 'profilePath'], { loose: true });
  }
}
