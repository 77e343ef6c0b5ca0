/*
The cluster file: f → role → addresses, as `{"1": {"clients": ["10.0.0.1"], "server": ["10.0.0.2"]}}`. Every mistake in it
is one sentence with the file and the place.
*/
import {parseAddress} from './address.ts';
import {BenchError} from './errors.ts';
import {duplicateKey} from './json-keys.ts';
import {isObject} from './json.ts';

/** f → role → addresses. */
export type Cluster = Readonly<Record<string, RoleAddresses>>;
export type RoleAddresses = Readonly<Record<string, readonly string[]>>;

/**
A cluster file's text, checked.

@param text
@param file What messages call it.
@throws BenchError `cluster`.
*/
export function parseCluster(text: string, file: string): Cluster {
	const cluster = parseJson(text, file);
	if (!isObject(cluster)) {
		throw fault(file, 'the whole is not an object', 'write {"1": {"clients": ["localhost"]}}: f, then roles, then addresses');
	}

	const twice = duplicateKey(text);
	if (twice) {
		throw fault(file, `the key "${twice.key}" stands twice${twice.path.length > 0 ? ` in "${twice.path.join('.')}"` : ''} (line ${twice.line})`, 'keep one of them');
	}

	if (Object.keys(cluster).length === 0) {
		throw fault(file, 'there is no f in it', 'add at least {"1": {…}}');
	}

	return Object.fromEntries(Object.entries(cluster).map(([f, roles]) => [f, parseRoles(f, roles, file)]));
}

/**
The addresses of each role for one f.

@throws BenchError where the cluster lacks that f, or a role that is needed.
*/
export function clusterRoles(cluster: Cluster, f: number | string, roles: readonly string[], file: string): RoleAddresses {
	const found = cluster[String(f)];
	if (!found) {
		throw fault(file, `there is no f = ${f}`, `it has ${Object.keys(cluster).map(key => `f = ${key}`).join(', ')}; add "${f}" or set another f`);
	}

	for (const role of roles) {
		const addresses = found[role];
		if (!addresses) {
			throw fault(file, `f = ${f} lacks the role "${role}"`, `it has ${Object.keys(found).join(', ') || 'none'}; add "${role}": ["ADDRESS"]`);
		}

		if (addresses.length === 0) {
			throw fault(file, `"${f}.${role}" is empty`, 'name at least one address');
		}
	}

	return found;
}

function parseJson(text: string, file: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/ in JSON at position \d+/, '').replace(/\.$/, '') : '';
		throw new BenchError('cluster', `Cluster file ${file} is not JSON: ${reason}.`, {cause: error});
	}
}

function parseRoles(f: string, roles: unknown, file: string): RoleAddresses {
	if (!/^\d+$/.test(f)) {
		throw fault(file, `the key "${f}" is not a number`, 'the outer keys are values of f, such as "1"');
	}

	if (!isObject(roles)) {
		throw fault(file, `"${f}" is not an object`, 'write roles and their addresses in it');
	}

	return Object.fromEntries(Object.entries(roles).map(([role, addresses]) => [role, parseAddresses(`${f}.${role}`, addresses, file)]));
}

function parseAddresses(place: string, addresses: unknown, file: string): readonly string[] {
	if (!Array.isArray(addresses)) {
		throw fault(file, `"${place}" is not a list`, 'write ["ADDRESS", …]');
	}

	return addresses.map((address: unknown, index) => {
		if (typeof address !== 'string' || address.trim() === '') {
			throw fault(file, `"${place}[${index}]" is ${JSON.stringify(address)}, not an address`, 'write a string such as "10.0.0.1"');
		}

		try {
			parseAddress(address);
		} catch {
			throw fault(file, `"${place}[${index}]" is ${JSON.stringify(address)}, which is no address`, 'write host, user@host or user@host:port');
		}

		return address;
	});
}

function fault(file: string, what: string, remedy: string): BenchError {
	return new BenchError('cluster', `Cluster file ${file}: ${what}; ${remedy}.`);
}
