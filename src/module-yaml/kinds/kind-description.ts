/** What a component kind tells about itself: the form that the inspector makes of it, and how its spec is judged. */
import type { EgressDefinition, EndpointDefinition, IngressDefinition } from '../../model/module.ts';
import type { JsonValue } from '../../base/json.ts';
import type { FieldShape } from '../fields/unknown-fields.ts';
import type { SpecContext } from '../fields/spec-context.ts';

export type FieldControl =
  | 'typename'
  | 'text'
  | 'number'
  | 'duration'
  | 'select'
  | 'list-of-routes'
  | 'list-of-pairs'
  | 'url'
  | 'list-of-offsets'
  | 'date';

export interface FieldDescription {
  /** Where the field stands in the spec. */
  readonly path: readonly string[];
  readonly label: string;
  /** A few words at the right of the label. */
  readonly hint: string;
  /** One or two sentences. */
  readonly help: string;
  readonly control: FieldControl;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** What the loader takes when the field is left out. */
  readonly defaultText?: string;
  /** It must stand there; for a type inside an object, as soon as the object does. */
  readonly required: boolean;
  /** Shown only while another field has one of these values; `''` means that it is left out. */
  readonly when?: { readonly path: readonly string[]; readonly oneOf: readonly string[] };
}

/** What a form needs to know of a kind. */
export interface KindDescription {
  readonly kind: string;
  readonly role: 'endpoint' | 'ingress' | 'egress';
  readonly label: string;
  /** One sentence on what the component does. */
  readonly summary: string;
  readonly fields: readonly FieldDescription[];
  /** The spec of a new component of this name that loads and starts (values such as the broker's address are to be filled in). */
  readonly newSpec: (name: string) => JsonValue;
}

export interface KindModule extends KindDescription {
  /** Its name in the legacy form (module-yaml.md §8), or null. */
  readonly legacyName: string | null;
  /** The id where the kind has one of its own and the spec names none. */
  readonly fixedId: string | null;
  /** The fields that the loader reads; all others are ignored by it. */
  readonly shape: FieldShape;
  /** Judges the spec, reports what is wrong, and gives what the runtime can run, or null without a name. */
  readonly decode: (context: SpecContext) => EndpointDefinition | IngressDefinition | EgressDefinition | null;
}
