/** A time as one says it: `40 s`, `12 min`, `1 h 20`, `3 days`. */
export function aboutTime(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 90) {
		return `${Math.max(1, seconds)} s`;
	}

	const minutes = Math.round(seconds / 60);
	if (minutes < 60) {
		return `${minutes} min`;
	}

	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')}` : `${Math.round(hours / 24)} days`;
}
