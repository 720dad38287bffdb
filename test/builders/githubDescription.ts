import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Json = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Json;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>>; readonly $ref?: string }>
  >;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Json>>;
}

/** A request that GitHub describes, with the words in place of its path's names. */
export interface DescribedRequest {
  /** As GitHub writes it, such as `GET /repos/{owner}/{repo}`. */
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
}

const DATE = "2026-11-24T09:00:00Z";

/** GitHub's published description of its REST API: what may be asked, and how answers look. */
export class GithubDescription {
  private readonly description: Description;
  private readonly ajv: Ajv;
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(name: "api.github.com" | "ghes-3.17") {
    const file = join(import.meta.dirname, "..", "fixtures", "githubActions", `${name}.json`);
    this.description = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
      key === "$ref" && typeof value === "string" ? value.replace("#/components/", "github#/components/") : value,
    ) as Description;
    this.ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: "github", components: toJsonSchema(this.description.components) });
  }

  /** @throws Error for what GitHub does not describe: another path or method, a query or a body with more than it names. */
  request(method: string, path: string, query: URLSearchParams, body: unknown): DescribedRequest {
    const found = this.find(method, path);
    if (found === null) {
      throw new Error(`GitHub describes no ${method} ${path}.`);
    }
    const { operation, route, words } = found;
    const parameters = (operation.parameters ?? []).map((one) => this.parameter(one));
    for (const { name, schema } of parameters.filter((one) => one.in === "path")) {
      this.mustFit(`${route} {${name}}`, schema, asTyped(schema, words[name] ?? ""));
    }
    for (const [name, text] of query) {
      const schema = parameters.find((one) => one.in === "query" && one.name === name)?.schema;
      if (schema === undefined) {
        throw new Error(`GitHub describes no ?${name} of ${method} ${route}.`);
      }
      // The schema says a date, the words beside it the syntax of a search.
      this.mustFit(`${route} ?${name}`, schema, asTyped(schema, name === "created" ? text.replace(/^>=/, "") : text));
    }
    const wanted = operation.requestBody?.content["application/json"]?.schema;
    if (body === undefined ? operation.requestBody?.required === true : wanted === undefined) {
      throw new Error(`${method} ${route} ${body === undefined ? "needs a body" : "takes no body"}.`);
    }
    if (wanted !== undefined && body !== undefined) {
      this.mustFit(`the body of ${route}`, { additionalProperties: false, ...wanted }, body);
    }
    return { operation: `${method} ${route}`, path: words };
  }

  /** @throws Error for an answer that GitHub would not give. Refusals are the same everywhere, and not described everywhere. */
  answer({ operation }: DescribedRequest, status: number, body: unknown): void {
    const [method = "", route = ""] = operation.split(" ");
    const answers = this.description.paths[route]?.[method.toLowerCase()]?.responses ?? {};
    const described = answers[status];
    if (described === undefined && status < 400) {
      throw new Error(`GitHub does not answer ${operation} with ${status}.`);
    }
    const schema = described?.content?.["application/json"]?.schema;
    if (status >= 400) {
      this.mustFit(`the refusal ${status}`, { $ref: "github#/components/schemas/basic-error" }, body);
    } else if (schema !== undefined) {
      this.mustFit(`the answer ${status} of ${operation}`, schema, body);
    } else if (body !== undefined) {
      throw new Error(`GitHub sends nothing with ${status} of ${operation}.`);
    }
  }

  /** The least that fits a schema of the description, to be filled. */
  sample(schema: string): Json {
    return this.least({ $ref: `github#/components/schemas/${schema}` }, 0) as Json;
  }

  private find(
    method: string,
    path: string,
  ): { readonly operation: Operation; readonly route: string; readonly words: Record<string, string> } | null {
    for (const [route, methods] of Object.entries(this.description.paths)) {
      const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      // A file's path may have folders.
      const pattern = route.replace(/\{(\w+)\}/g, (_, name) => (name === "path" ? "(.+)" : "([^/]+)"));
      const match = new RegExp(`^${pattern}$`).exec(path);
      const operation = methods[method.toLowerCase()];
      if (match !== null && operation !== undefined) {
        return {
          operation,
          route,
          words: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")])),
        };
      }
    }
    return null;
  }

  private parameter(one: Parameter | { readonly $ref: string }): Parameter {
    return "$ref" in one ? (this.component(one.$ref) as unknown as Parameter) : one;
  }

  private component(ref: string): Json {
    const [kind = "", name = ""] = ref.split("/").slice(2);
    return this.description.components[kind]?.[name] as Json;
  }

  private mustFit(what: string, schema: Json, value: unknown): void {
    const key = `${what} ${JSON.stringify(schema)}`;
    const check = this.checks.get(key) ?? this.ajv.compile(toJsonSchema(schema) as Json);
    this.checks.set(key, check);
    if (!check(value)) {
      throw new Error(`${what} does not fit: ${this.ajv.errorsText(check.errors)}`);
    }
  }

  private least(schema: Json, depth: number): unknown {
    if (typeof schema["$ref"] === "string") {
      return this.least(this.component(schema["$ref"]), depth);
    }
    const choice = (schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"]) as readonly Json[] | undefined;
    if (schema["nullable"] === true && depth > 0) {
      return null;
    }
    if (choice?.[0] !== undefined) {
      return this.least(choice[0], depth);
    }
    switch (schema["type"]) {
      case "object": {
        const all = (schema["properties"] ?? {}) as Readonly<Record<string, Json>>;
        const required = (schema["required"] ?? []) as readonly string[];
        return Object.fromEntries(required.map((name) => [name, this.least(all[name] ?? {}, depth + 1)]));
      }
      case "array":
        return [];
      case "integer":
      case "number":
        return 1;
      case "boolean":
        return false;
      default: {
        const values = schema["enum"] as readonly unknown[] | undefined;
        const format = schema["format"];
        return values?.[0] ?? (format === "date-time" ? DATE : format === "uri" ? "https://github.com/" : "text");
      }
    }
  }
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(toJsonSchema);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const { nullable, discriminator, ...rest } = value as Record<string, unknown>;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]));
  // A property of the name "nullable" is a schema and no mark.
  const named = typeof nullable === "object" ? { nullable: toJsonSchema(nullable) } : {};
  const chosen = typeof discriminator === "object" && discriminator !== null && "type" in discriminator ? { discriminator } : {};
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : { ...schema, ...named, ...chosen };
}

function asTyped(schema: Json, text: string): unknown {
  return schema["type"] === "integer" && /^-?\d+$/.test(text) ? Number(text) : schema["type"] === "boolean" ? text === "true" : text;
}
