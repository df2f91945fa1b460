/** io.statefun.kinesis.v1/ingress: reads streams and routes their records to functions. */
import { AWS_SHAPES, readAws } from '../fields/aws-fields.ts';
import { checkConsumerProperties } from '../fields/kinesis-properties.ts';
import { readProperties } from '../fields/property-fields.ts';
import { readRoutes } from '../fields/route-fields.ts';
import { fail, keyRange, readId } from '../fields/spec-context.ts';
import { pairOf } from '../source/source-node.ts';
import { KINESIS_POSITIONS, readStartupPosition } from '../fields/startup-fields.ts';
import { ID_FIELD } from './kafka-ingress.ts';
import type { FieldDescription, KindModule } from './kind-description.ts';

const basicOnly = { path: ['awsCredentials', 'type'], oneOf: ['basic'] };
const profileOnly = { path: ['awsCredentials', 'type'], oneOf: ['profile'] };

export const AWS_FIELDS: readonly FieldDescription[] = [
  {
    path: ['awsRegion', 'type'],
    label: 'Region from',
    hint: 'AWS',
    help: 'default takes the region from the environment of the cluster, which must then have one.',
    control: 'select',
    options: [
      { value: 'default', label: 'environment' },
      { value: 'specific', label: 'this region' },
      { value: 'custom-endpoint', label: 'own endpoint' },
    ],
    defaultText: 'default',
    required: true,
  },
  {
    path: ['awsRegion', 'id'],
    label: 'Region',
    hint: 'such as eu-central-1',
    help: "The region's id.",
    control: 'text',
    required: true,
    when: { path: ['awsRegion', 'type'], oneOf: ['specific', 'custom-endpoint'] },
  },
  {
    path: ['awsRegion', 'endpoint'],
    label: 'Endpoint',
    hint: 'https:// only',
    help: 'The address of a service that speaks the Kinesis protocol.',
    control: 'url',
    required: true,
    when: { path: ['awsRegion', 'type'], oneOf: ['custom-endpoint'] },
  },
  {
    path: ['awsCredentials', 'type'],
    label: 'Credentials from',
    hint: 'AWS',
    help: 'default takes them from the environment of the cluster.',
    control: 'select',
    options: [
      { value: 'default', label: 'environment' },
      { value: 'basic', label: 'access key' },
      { value: 'profile', label: 'profile' },
    ],
    defaultText: 'default',
    required: true,
  },
  {
    path: ['awsCredentials', 'accessKeyId'],
    label: 'Access key id',
    hint: '',
    help: 'Stands in module.yaml as plain text.',
    control: 'text',
    required: true,
    when: basicOnly,
  },
  {
    path: ['awsCredentials', 'secretAccessKey'],
    label: 'Secret access key',
    hint: '',
    help: 'Stands in module.yaml as plain text: prefer the environment or a profile.',
    control: 'text',
    required: true,
    when: basicOnly,
  },
  {
    path: ['awsCredentials', 'profileName'],
    label: 'Profile',
    hint: '',
    help: 'A profile of the AWS configuration file.',
    control: 'text',
    required: true,
    when: profileOnly,
  },
  {
    path: ['awsCredentials', 'profilePath'],
    label: 'Profile file',
    hint: 'a path',
    help: 'The configuration file, where it is not the usual one.',
    control: 'text',
    required: false,
    when: profileOnly,
  },
];

export const CLIENT_CONFIG_FIELD: FieldDescription = {
  path: ['clientConfigProperties'],
  label: 'Client properties',
  hint: 'AWS client',
  help: 'Passed on to the AWS client, with the prefix aws.clientconfig. unless a name begins with flink. or aws.',
  control: 'list-of-pairs',
  required: false,
};

export const KINESIS_INGRESS: KindModule = {
  kind: 'io.statefun.kinesis.v1/ingress',
  legacyName: 'io.statefun.kinesis/ingress',
  fixedId: null,
  role: 'ingress',
  label: 'Kinesis ingress',
  summary: 'Reads Kinesis streams and sends each record to functions.',
  fields: [
    ID_FIELD,
    ...AWS_FIELDS,
    {
      path: ['startupPosition', 'type'],
      label: 'Start at',
      hint: 'without a savepoint',
      help: 'Where reading begins. Left out it is latest: records from before the start are not read.',
      control: 'select',
      options: [
        { value: 'latest', label: 'latest' },
        { value: 'earliest', label: 'earliest' },
        { value: 'date', label: 'date' },
      ],
      defaultText: 'latest',
      required: true,
    },
    {
      path: ['startupPosition', 'date'],
      label: 'Date',
      hint: 'yyyy-MM-dd HH:mm:ss.SSS Z',
      help: 'Such as 2024-02-29 04:15:00.000 +0000.',
      control: 'date',
      required: true,
      when: { path: ['startupPosition', 'type'], oneOf: ['date'] },
    },
    {
      path: ['streams'],
      label: 'Streams',
      hint: 'at least one',
      help: 'Each stream is a router: its value type and the functions that get its records.',
      control: 'list-of-routes',
      required: true,
    },
    CLIENT_CONFIG_FIELD,
  ],
  newSpec: (name) => ({
    id: name,
    awsRegion: { type: 'specific', id: 'us-east-1' },
    awsCredentials: { type: 'default' },
    startupPosition: { type: 'earliest' },
    streams: [],
  }),
  shape: {
    fields: {
      id: true,
      ...AWS_SHAPES,
      // Reported with its own words by readAws.
      properties: true,
      startupPosition: { fields: { type: true, date: true } },
      streams: { each: { fields: { stream: true, valueType: true, targets: true } } },
    },
  },
  decode(context) {
    const id = readId(context);
    readAws(context, 'ingress');
    checkConsumerProperties(context, readProperties(context, 'clientConfigProperties'));
    const routes = readRoutes(context, { list: 'streams', name: 'stream' });
    if (routes.some(({ topic }) => topic === '')) {
      const streams = pairOf(context.spec.value, 'streams') ?? context.spec;
      fail(context, 'wrong-type', 'A stream needs a name: write one instead of the empty text.', {
        at: keyRange(streams),
        field: ['streams'],
        moment: 'start',
      });
    }
    const startupPosition = readStartupPosition(context, KINESIS_POSITIONS, []);
    return id === null ? null : { type: 'ingress', kind: context.kind, connector: 'kinesis', id, startupPosition, routes };
  },
};
