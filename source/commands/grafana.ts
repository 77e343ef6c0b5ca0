/*
What Grafana reads when it starts: a data source and a dashboard for each benchmark, and where they are.
*/
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs/promises';
import path from 'node:path';
import {type JsonObject} from '../core/json.ts';

export type Provisioned = {
	/** `benchdeck-001`. */
	readonly uid: string;
	readonly title: string;
	readonly url: string;
	readonly scrapeIntervalMs: number;
	readonly dashboard: JsonObject;
};

/** Where Debian's and Grafana's own packages have what the server needs. */
const homes = ['/usr/share/grafana', '/usr/local/share/grafana', '/opt/homebrew/share/grafana'];

/** Writes a provisioning folder and the dashboards that it points to. */
export async function writeProvisioning(folder: string, benchmarks: readonly Provisioned[]): Promise<void> {
	const [sources, providers, dashboards] = ['provisioning/datasources', 'provisioning/dashboards', 'dashboards'].map(name => path.join(folder, name)) as [string, string, string];
	await Promise.all([sources, providers, dashboards].map(async name => fs.mkdir(name, {recursive: true})));
	// JSON is YAML.
	await fs.writeFile(path.join(sources, 'benchdeck.yaml'), text({
		apiVersion: 1,
		datasources: benchmarks.map(({uid, title, url, scrapeIntervalMs}, place) => ({
			name: title, uid, type: 'prometheus', access: 'proxy', url, isDefault: place === 0, jsonData: {timeInterval: `${scrapeIntervalMs}ms`, httpMethod: 'POST'},
		})),
	}));
	await fs.writeFile(path.join(providers, 'benchdeck.yaml'), text({
		apiVersion: 1, providers: [{name: 'benchdeck', type: 'file', allowUiUpdates: true, options: {path: dashboards}}],
	}));
	await Promise.all(benchmarks.map(async ({uid, dashboard}) => fs.writeFile(path.join(dashboards, `${uid}.json`), text(dashboard))));
}

export type GrafanaServer = {readonly url: string; stop(): Promise<void>};

/** The command line of a server over a provisioning folder; anyone on this machine may look and edit. */
export function grafanaCommand(folder: string, port: number): readonly string[] {
	const home = homes[0]!;
	return [
		'grafana-server',
		'--homepath',
		home,
		`cfg:default.paths.provisioning=${folder}/provisioning`,
		`cfg:default.paths.data=${folder}/data`,
		`cfg:default.paths.logs=${folder}/logs`,
		'cfg:default.server.http_addr=127.0.0.1',
		`cfg:default.server.http_port=${port}`,
		'cfg:default.auth.anonymous.enabled=true',
		'cfg:default.auth.anonymous.org_role=Admin',
		'cfg:default.analytics.reporting_enabled=false',
		'cfg:default.analytics.check_for_updates=false',
	];
}

/** Starts the server, where it is installed. */
export function startGrafana(folder: string, port: number): GrafanaServer | undefined {
	const command = grafanaCommand(folder, port);
	const [program = ''] = command;
	if (spawnSync(program, ['-v'], {stdio: 'ignore'}).error) {
		return undefined;
	}

	const child = spawn(program, command.slice(1), {stdio: 'ignore', detached: true});
	const gone = once(child, 'exit');
	return {
		url: `http://127.0.0.1:${port}/dashboards`,
		async stop() {
			child.kill('SIGTERM');
			await gone;
		},
	};
}

function text(value: JsonObject): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}
