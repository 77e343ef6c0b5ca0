/*
The programs of benchdeck on hosts that do not have them at the same place: the JAR, and the engine's modules, each bundled
into one file, with what it loads later in a folder beside it. They lie in a cache there, under the hash of their content, so
that they go over once.
*/
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import {BenchError} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {packageRoot} from '../core/module-file.ts';
import {remembered} from '../core/remembered.ts';
import {engineCommand} from './prepare.ts';

/** The oldest Node that the engine runs on. */
export const oldestNode = 22;

// Where version managers put Node without putting it on the PATH of a shell that is not interactive.
const nodePlaces = [
	'"$HOME"/.nvm/versions/node/*/bin/node',
	'"$HOME"/.local/share/fnm/node-versions/*/installation/bin/node',
	'"$HOME"/.volta/bin/node',
	'"$HOME"/.local/bin/node',
	'/usr/local/bin/node',
	'/opt/*/bin/node',
];
const nodeScript = `
for node in node nodejs ${nodePlaces.join(' ')}; do
	node=$(command -v "$node" 2>/dev/null) || continue
	version=$("$node" --version 2>/dev/null) || continue
	echo "$version $node"
done`;

// A Mac has no sha256sum; each of the three prints the digest first.
const digestScript = `
if command -v sha256sum; then sum=sha256sum
elif command -v shasum; then sum='shasum -a 256'
else sum='openssl dgst -sha256 -r'
fi >/dev/null 2>&1
exec $sum <"$1"`;

/** The folder beside a bundle with what it loads once it has started: it starts sooner without. */
const laterFolder = 'later';

export type FoundNode = {readonly path: string; readonly version: string};

/** The Nodes that a host has, new enough or not, the first on its PATH first. */
export async function findNodes(host: Host): Promise<readonly FoundNode[]> {
	const {stdout} = await host.run(['sh', '-c', nodeScript]);
	return stdout.split('\n').flatMap(line => {
		const {version, file} = /^v(?<version>\d+\.\S*) (?<file>\/.+)$/.exec(line)?.groups ?? {};
		return version === undefined || file === undefined ? [] : [{version, path: file}];
	});
}

/** The first Node that runs the engine. */
export function usableNode(nodes: readonly FoundNode[]): FoundNode | undefined {
	return nodes.find(({version}) => Number(version.split('.', 1)[0]) >= oldestNode);
}

/** Whether a host has these modules of this installation, and the Node that runs benchdeck, at the same place. */
export async function runsInstallation(host: Host, files: readonly string[], hashOfFile: (file: string) => Promise<string> = hashOf): Promise<boolean> {
	const same = await Promise.all(files.flatMap(file => [file, ...laterOf(file)]).map(async file => hasSame(host, file, hashOfFile)));
	return same.every(Boolean) && (await host.run([process.execPath, '--version'])).stdout.trim() === process.version;
}

export class RemotePrograms {
	readonly #jar: string | undefined;
	readonly #hashes = new Map<string, Promise<string>>();
	/** What plans asked for, per host. */
	readonly #modules = new Map<string, Set<string>>();
	readonly #commands = new Map<string, readonly string[]>();
	readonly #jars = new Map<string, string>();

	constructor(jar: string | undefined) {
		this.#jar = jar;
	}

	/** The JAR on a host. */
	jarOn(address: string): string {
		return this.#jars.get(address) ?? this.#jar ?? '';
	}

	/** The command that runs a module on a host. Asked before the host is connected, it remembers that the host needs it. */
	engineOn(address: string, module: string): readonly string[] {
		const modules = this.#modules.get(address) ?? new Set();
		this.#modules.set(address, modules.add(module));
		return this.#commands.get(`${address} ${module}`) ?? engineCommand(module);
	}

	/**
	Sees to it that a host has what its procs run.

	@throws BenchError where it lacks Node, or the copy fails.
	*/
	async arrive(host: Host): Promise<void> {
		if (host.kind !== 'ssh') {
			return;
		}

		await Promise.all([this.#bringJar(host), this.#bringModules(host)]);
	}

	async #bringJar(host: Host): Promise<void> {
		if (this.#jar !== undefined && !await hasSame(host, this.#jar, async file => this.#hashOf(file))) {
			this.#jars.set(host.address, await this.#cached(host, this.#jar));
		}
	}

	async #bringModules(host: Host): Promise<void> {
		const modules = [...this.#modules.get(host.address) ?? []];
		// A host that shares this installation runs it as it is.
		if (modules.length === 0 || await runsInstallation(host, modules.map(module => engineCommand(module)[1] ?? ''), async file => this.#hashOf(file))) {
			return;
		}

		const nodes = await findNodes(host);
		const node = usableNode(nodes);
		if (!node) {
			const found = nodes.length === 0 ? 'there is none' : `it has ${[...new Set(nodes.map(({version}) => version))].join(', ')}`;
			throw new BenchError('host', `${host.address}: the embedded engine needs Node ${oldestNode} or newer there, and ${found}; install it, or run another engine (--engine jar).`);
		}

		await Promise.all(modules.map(async module => {
			const file = await this.#cached(host, bundleOf(module));
			this.#commands.set(`${host.address} ${module}`, [node.path, file]);
		}));
	}

	/** The file in the host's cache, with what it loads later, copied there where they are not yet. */
	async #cached(host: Host, file: string): Promise<string> {
		const files = [file, ...laterOf(file)];
		const hash = (await Promise.all(files.map(async one => this.#hashOf(one)))).join('');
		const {returnCode, stdout, stderr} = await host.run([
			'sh',
			'-c',
			'umask 077; test -n "$XDG_CACHE_HOME" || XDG_CACHE_HOME=$HOME/.cache; cache=$XDG_CACHE_HOME/benchdeck/$1; mkdir -p "$cache/$2" && cd "$cache" && pwd',
			'sh',
			createHash('sha256').update(hash).digest('hex').slice(0, 24),
			files.length > 1 ? laterFolder : '.',
		]);
		const directory = stdout.trim();
		if (returnCode !== 0 || !path.posix.isAbsolute(directory)) {
			throw new BenchError('host', `${host.address}: no cache directory could be made there: ${stderr.trim().split('\n', 1)[0]!}.`);
		}

		const placeOf = (one: string) => path.posix.join(directory, ...path.relative(path.dirname(file), one).split(path.sep));
		await Promise.all(files.map(async one => {
			// It was renamed into place whole, so that its size tells.
			if (await host.files.size(placeOf(one)) !== fs.statSync(one).size) {
				await host.files.upload(one, placeOf(one));
			}
		}));
		return placeOf(file);
	}

	async #hashOf(file: string): Promise<string> {
		return remembered(this.#hashes, file, async () => hashOf(file));
	}
}

/** Whether a host has a file of the same content at the same place; not, too, where it has nothing to tell that with. */
export async function hasSame(host: Host, file: string, hashOfFile: (file: string) => Promise<string> = hashOf): Promise<boolean> {
	if (await host.files.size(file) !== fs.statSync(file).size) {
		return false;
	}

	const {stdout} = await host.run(['sh', '-c', digestScript, 'sh', file], {timeoutMs: 30_000});
	return stdout.startsWith(await hashOfFile(file));
}

/** What lies beside a bundle for later; of anything else there is nothing. */
function laterOf(file: string): readonly string[] {
	const folder = path.join(path.dirname(file), laterFolder);
	return file.endsWith('.cjs') && fs.existsSync(folder) ? fs.readdirSync(folder).toSorted().map(name => path.join(folder, name)) : [];
}

function bundleOf(module: string): string {
	const file = fileURLToPath(new URL(`build/standalone/${module}.cjs`, packageRoot(import.meta.url)));
	if (!fs.existsSync(file)) {
		throw new BenchError('host', `The engine's bundle ${file} is not there; npm run build makes it.`);
	}

	return file;
}

async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(fs.createReadStream(file), hash);
	return hash.digest('hex');
}
