/** A proc's own `/metrics`. */
export type ScrapeEndpoint = {
	/** The proc's label: `client_0`. */
	readonly label: string;
	/** Prometheus's `job`: `unreplicated_client`. */
	readonly job: string;
	/** The host's address as the cluster file has it, for who has to go through the host. */
	readonly host?: string;
	readonly ip: string;
	readonly port: number;
	/** @default '/metrics' */
	readonly path?: string;
};

/** For messages: `client_0 (127.0.0.1:10001)`. */
export function endpointName({label, ip, port}: ScrapeEndpoint): string {
	return `${label} (${instanceOf({ip, port})})`;
}

/** Prometheus's `instance`: `127.0.0.1:10001`. */
export function instanceOf({ip, port}: {readonly ip: string; readonly port: number}): string {
	return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
