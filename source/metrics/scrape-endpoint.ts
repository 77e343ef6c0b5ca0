/** A proc's own `/metrics`. */
export type ScrapeEndpoint = {
	/** The proc's label: `client_0`. */
	readonly label: string;
	/** The role, as Prometheus's job names it: `client`. */
	readonly role: string;
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
