import type { Batching } from './batch.ts';
import type { Conversions } from './conversion.ts';
import type { ApiDescription, AuthScheme, Security, ServerVariable } from './ir.ts';

/** An API and the package that is emitted of it: all that a template sees. */
export interface Api extends ApiDescription {
  readonly package: EmittedPackage;
  readonly client: ClientFactory;
  /** What is new in this release; absent where the package keeps no changelog. */
  readonly release?: Release | undefined;
  /** Absent where no command line is emitted. */
  readonly cli?: CommandLinePackage | undefined;
  /** Absent where the API has no batches. */
  readonly batch?: Batching | undefined;
  readonly modules: Modules;
  /** Absent where answers are JSON as it is. */
  readonly conversions?: Conversions | undefined;
  /**
   * The operations that the client object takes as text, by the names of their functions; absent where a
   * template of the user's prints the functions.
   */
  readonly rows?: ReadonlyMap<string, string> | undefined;
  /** What the entry point of the package exports, by module. */
  readonly exports: readonly ModuleExports[];
}

/** The npm package that is emitted. */
export interface EmittedPackage {
  /** `@acme/meraki` */
  readonly name: string;
  /** The document's own as npm takes it, or that of the package's own line. */
  readonly version: string;
  /** Members of `package.json` that the user sets. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Whether it is a package of its own, or sources in that of an app. */
  readonly form: 'package' | 'sources';
  /** How relative imports end: `none` leaves it to a bundler. */
  readonly specifiers: 'js' | 'ts' | 'none';
  /** Whether it can be required, too. */
  readonly commonjs: boolean;
  /** What the templates add to it. */
  readonly additions: PackageAdditions;
}

/** A release of the package, beside the one before it. */
export interface Release {
  /** The functions of the operations that it adds; empty for the first one. */
  readonly added: readonly string[];
}

/** The npm package that holds the API's command line. */
export interface CommandLinePackage {
  /** `@acme/meraki-cli` */
  readonly name: string;
  /** What its user types: `meraki`. */
  readonly bin: string;
}

/** What a template adds to the emitted package besides its files. */
export interface PackageAdditions {
  /** Entry points: `./zod` → the module below `src/` that it is, without extension. */
  readonly exports?: Readonly<Record<string, string>> | undefined;
  /** Packages by name, with the versions that they may have. */
  readonly dependencies?: Readonly<Record<string, string>> | undefined;
  /** The same for those that the user of the package installs; they are installed to build it, too. */
  readonly peerDependencies?: Readonly<Record<string, string>> | undefined;
  /** The same for those without which the rest of the package works. */
  readonly optionalPeerDependencies?: Readonly<Record<string, string>> | undefined;
  /** Those of them that are loaded by name at run time: the package is built without them. */
  readonly lateDependencies?: readonly string[] | undefined;
  readonly devDependencies?: Readonly<Record<string, string>> | undefined;
  /** Files and folders that are published besides `dist` and `src`. */
  readonly files?: readonly string[] | undefined;
}

/** What `createClient` of this API takes and knows, beyond what it takes of every API. */
export interface ClientFactory {
  /** The name as part of an identifier: `Meraki` in `createMeraki`. */
  readonly name: string;
  /** Absent where the document names no URL that is absolute: the user says where the API lives. */
  readonly baseUrl?: BaseUrl | undefined;
  /** The variables of the base URL that a user chooses. */
  readonly variables: readonly VariableOption[];
  readonly credentials: readonly CredentialOption[];
  /** Which credentials most operations ask for; absent where all are presented to each. */
  readonly security?: Security | undefined;
  /** Domains of the vendor to which redirects and page links may lead, subdomains included: `meraki.com`. */
  readonly allowedHosts: readonly string[];
  readonly rateLimit?: ApiRateLimit | undefined;
  /** Whether the server demands `App[/version] Vendor`. */
  readonly requiresUserAgent: boolean;
}

/** The base URL that a client has by default. */
export interface BaseUrl {
  /** With the default of each variable in its place. */
  readonly default: string;
  /** Text, and the options whose values stand in it. */
  readonly parts: readonly (string | VariableOption)[];
}

/** An option of the client that holds the value of a variable in the base URL. */
export interface VariableOption {
  readonly option: string;
  readonly variable: ServerVariable;
}

/** An option of the client that holds credentials. */
export interface CredentialOption {
  readonly option: string;
  /** May be empty. */
  readonly description: string;
  readonly required: boolean;
  readonly scheme: AuthScheme;
  /** What stands before the key in its header. */
  readonly prefix?: string | undefined;
}

/** Requests a second; counted apart for each match of `key` (a regular expression's source) in a path. */
export interface ApiRateLimit {
  readonly perSecond: number;
  readonly key?: string | undefined;
}

/** What the entry point exports of a module below `src/`. */
export interface ModuleExports {
  readonly module: string;
  readonly names: readonly ExportedName[];
  /** Whether these are all that the module exports, under the names that it gives them. */
  readonly isWhole: boolean;
}

export interface ExportedName {
  readonly name: string;
  /** The name under which it is exported, where its own is the document's. */
  readonly as?: string | undefined;
  readonly isType: boolean;
}

/** Which module declares what. Modules are below `src/`, named without extension. */
export interface Modules {
  /** By the name of a declared type: its module. */
  readonly homes: ReadonlyMap<string, string>;
  /** By module: the names that it declares, where the document has a say in them. */
  readonly declared: ReadonlyMap<string, readonly string[]>;
}
