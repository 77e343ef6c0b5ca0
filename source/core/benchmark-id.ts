/** `7` → `007`. */
export function benchmarkId(index: number): string {
	return String(index).padStart(3, '0');
}
