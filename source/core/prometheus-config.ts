export type PrometheusJob = {
	/** `unreplicated_client`. */
	readonly name: string;
	readonly role: string;
	/** `ip:port`. */
	readonly targets: readonly string[];
};

/** The text of prometheus.yml: every job with its static targets. */
export function prometheusConfig(jobs: readonly PrometheusJob[], scrapeIntervalMs: number): string {
	const job = ({name, targets}: PrometheusJob) =>
		`- job_name: ${name}\n  static_configs:\n${targets.length === 0 ? '  - targets: []\n' : `  - targets:\n${targets.map(target => `    - ${target}\n`).join('')}`}`;
	return `global:\n  scrape_interval: ${scrapeIntervalMs}ms\nscrape_configs:\n${jobs.map(one => job(one)).join('')}`;
}
