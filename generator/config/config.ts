import type { Template } from '../template.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { ParamStyle } from '../ir/ir.ts';
import type { OperationFilter } from '../load/shape/filter.ts';
import type { DocumentTransform } from '../load/shape/transform.ts';
import type { Renames } from '../normalize/renames.ts';
import type { PaginationOverride } from '../ir/pagination-override.ts';

/** One document, and the package that is made of it. */
export interface Target {
  /** A file, relative to the configuration; an `http(s)` URL; or `-` for standard input. */
  readonly input: string;
  /** The folder of the emitted package, relative to the configuration. */
  readonly output: string;
  /** How the API batches: the name of a dialect that comes with batchwright, or one of your own. */
  readonly dialect?: string | Dialect | undefined;
  /** The name of the emitted package; by default made of the document's title. */
  readonly name?: string | undefined;
  /** Members of the emitted `package.json`: `version`, `repository`, `license` and so on. */
  readonly package?: Readonly<Record<string, unknown>> | undefined;
  /** Whether the output is a package of its own (the default) or sources in the package of an app. */
  readonly form?: 'package' | 'sources' | undefined;
  /** How relative imports end: `js` (the default), `ts`, or with nothing, which a bundler resolves. */
  readonly specifiers?: 'js' | 'ts' | 'none' | undefined;
  /** Whether the package has CommonJS beside ES modules. */
  readonly commonjs?: boolean | undefined;
  /**
   * What the version of the package follows: the document's (the default), a line of its own that
   * each change raises as far as it asks for (`semver`), or a line that Changesets raises.
   */
  readonly version?: VersionLine | undefined;
  /** Whether `CHANGELOG.md` of the package grows a section with each release; by default with `semver`. */
  readonly changelog?: boolean | undefined;
  /**
   * Templates beside those that come with batchwright, as a list; or by name, where `false` switches
   * one off, `true` opts into one, and a template of the same name takes the place of one.
   */
  readonly templates?: TemplateChoice | undefined;
  /** A second package beside the client: its command line. */
  readonly cli?: CommandLineTarget | undefined;
  /** Batchable actions whose operation the document leaves open: `'<operation> <resource>'` → operationId, or `false` to leave one out. */
  readonly overrides?: Readonly<Record<string, string | false>> | undefined;
  /** Whether an action's resource is its operation's path (the default) or what the document's list says. */
  readonly resource?: 'path' | 'entry' | undefined;
  /** What the document does not say of an operation's pages, by operationId; `false`: it has none. */
  readonly pagination?: Readonly<Record<string, PaginationOverride | false>> | undefined;
  /** How a query parameter that is not a scalar is written where the document does not say. */
  readonly queryStyle?: ParamStyle | undefined;
  /** Security schemes that the document does not declare, or declares otherwise, as OpenAPI writes them. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> | undefined;
  /** What operations ask for that do not say it, in place of the document's own `security`. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[] | undefined;
  /** What a `date-time` is in the client: a `Date` or a `Temporal.Instant`; by default its text. */
  readonly dates?: 'Date' | 'Temporal' | undefined;
  /** What an integer of the format `int64` is in the client; by default a number. */
  readonly int64?: 'bigint' | undefined;
  /** OpenAPI Overlay documents (1.0, 1.1) that correct the document, in their order: files or URLs. */
  readonly overlays?: readonly string[] | undefined;
  /** Changes the document after its overlays, in place or by what it returns. */
  readonly transform?: DocumentTransform | undefined;
  /** The operations that the package has; by default all of them. */
  readonly include?: OperationFilter | undefined;
  /** Operations that the package does not have. */
  readonly exclude?: OperationFilter | undefined;
  /** What operations, groups and types are called instead of what the document makes of them. */
  readonly rename?: Renames | undefined;
  /** Takes faults that leave the document usable as warnings. */
  readonly lenient?: boolean | undefined;
  /** Hosts (`example.com`, `localhost:8080`) that a `$ref` may lead to; by default none. */
  readonly allowRemoteRefs?: readonly string[] | undefined;
}

/** What the version of a package follows. */
export type VersionLine = 'document' | 'semver' | 'changesets';

/** The package that holds the command line of a target. */
export interface CommandLineTarget {
  /** The folder of the package, relative to the configuration; it lies apart from every other output. */
  readonly output: string;
  /** The name of the package; by default that of the client with `-cli` behind it. */
  readonly name?: string | undefined;
  /** What its user types; by default the name of the client without its scope. */
  readonly bin?: string | undefined;
}

/** A security scheme of OpenAPI. */
export interface SecurityScheme {
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect';
  /** Where a key stands. */
  readonly in?: 'header' | 'query' | 'cookie' | undefined;
  /** The header, query parameter or cookie that holds a key. */
  readonly name?: string | undefined;
  /** The scheme of HTTP: `bearer`, `basic`, or another that takes a key. */
  readonly scheme?: string | undefined;
  readonly description?: string | undefined;
}

/** A template, or a module that exports one as `template` or by default: a path or a package. */
export type TemplateSource = Template | string;

/** What a template is told, as its page says. */
export type TemplateOptions = Readonly<Record<string, unknown>>;

/** A template, or one with its options. */
export type ChosenTemplate = TemplateSource | readonly [TemplateSource, TemplateOptions];

/** Which templates make a package: in an object, options stand for the template of that name. */
export type TemplateChoice =
  | readonly ChosenTemplate[]
  | { readonly [name: string]: ChosenTemplate | TemplateOptions | boolean };

/** What `batchwright.config.ts` exports. */
export interface Config {
  /** By the name that the command line knows a target by. */
  readonly targets: Readonly<Record<string, Target>>;
  /** Changes of a document that `batchwright diff` reports no more, each by its fingerprint. */
  readonly accept?: readonly AcceptedChange[] | undefined;
}

/** A change that was looked at, and found to be right. */
export interface AcceptedChange {
  readonly fingerprint: string;
  /** For those who read the configuration. */
  readonly reason?: string | undefined;
}

/** Returns its argument; an editor then knows what a configuration may hold. */
export function defineConfig(config: Config): Config {
  return config;
}
