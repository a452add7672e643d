import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a server answers at a path. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface TestServer {
  /** "http://127.0.0.1:PORT". */
  readonly base: string;
  /** What was asked for, in order. */
  readonly asked: readonly string[];
  /** Closes every connection, answered or not. */
  readonly stop: () => Promise<void>;
}

/** A server on a free port of this machine; what it has no answer to is 404. */
export async function serve(answers: (base: string) => Readonly<Record<string, Answer>>): Promise<TestServer> {
  const asked: string[] = [];
  let known: Readonly<Record<string, Answer>> = {};
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const answer = known[path];
    if (answer) answer(response, request);
    else response.writeHead(404).end("nothing here");
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  known = answers(base);
  return {
    base,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const json =
  (value: unknown): Answer =>
  (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));

export interface SmallBundle {
  readonly domain?: string;
  readonly version?: string;
  /** Of each technique its id, name and description. */
  readonly techniques?: readonly (readonly [id: string, name: string, description?: string])[];
  /** Ids that are revoked in favour of another. */
  readonly revoked?: Readonly<Record<string, string>>;
}

/** A bundle of ATT&CK with one tactic and a few techniques: small, but whole. All its words are ours. */
export function smallBundle({
  domain = "enterprise-attack",
  version = "99.1",
  techniques = [["T1190", "Exploit Public-Facing Application", "Words of the server on it."]],
  revoked = {},
}: SmallBundle = {}): object {
  const reference = (id: string): object[] => [{ source_name: "mitre-attack", external_id: id }];
  const common = { created: "2030-01-01T00:00:00.000Z", modified: "2030-01-02T00:00:00.000Z", spec_version: "2.1" };
  return {
    type: "bundle",
    id: "bundle--1",
    objects: [
      { ...common, type: "x-mitre-collection", id: "x-mitre-collection--1", name: "A", x_mitre_version: version },
      {
        ...common,
        type: "x-mitre-matrix",
        id: "x-mitre-matrix--1",
        name: `Matrix of ${domain}`,
        external_references: reference(domain),
        tactic_refs: ["x-mitre-tactic--1"],
      },
      {
        ...common,
        type: "x-mitre-tactic",
        id: "x-mitre-tactic--1",
        name: "Initial Access",
        x_mitre_shortname: "initial-access",
        external_references: reference("TA0001"),
      },
      ...techniques.map(([id, name, description]) => ({
        ...common,
        type: "attack-pattern",
        id: `attack-pattern--${id}`,
        name,
        ...(description === undefined ? {} : { description }),
        x_mitre_domains: [domain],
        kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "initial-access" }],
        external_references: reference(id),
        ...(id in revoked ? { revoked: true } : {}),
      })),
      ...Object.entries(revoked).map(([id, successor]) => ({
        ...common,
        type: "relationship",
        id: `relationship--${id}`,
        relationship_type: "revoked-by",
        source_ref: `attack-pattern--${id}`,
        target_ref: `attack-pattern--${successor}`,
      })),
    ],
  };
}

/** An index that lists these bundles at a server's addresses. */
export const indexOf = (
  bundles: readonly (readonly [name: string, version: string, url: string])[],
): { readonly collections: readonly object[] } => ({
  collections: [...new Set(bundles.map(([name]) => name))].map((name) => ({
    name,
    versions: bundles.filter(([of]) => of === name).map(([, version, url]) => ({ version, url })),
  })),
});
