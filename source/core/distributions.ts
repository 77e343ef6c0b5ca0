/*
The two distributions that comparisons need: the normal one's tail, and quantiles of Student's t. Checked against SciPy.
*/

/** The probability that a standard normal value exceeds `z`. */
export function normalTail(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	const tail = (x < 2.5 ? 1 - erfSeries(x) : erfcFraction(x)) / 2;
	return z < 0 ? 1 - tail : tail;
}

/**
The value that Student's t stays below with a probability.

@param probability Between 0 and 1.
@param freedom Degrees of freedom, more than 0; they need not be whole.
*/
export function studentQuantile(probability: number, freedom: number): number {
	if (probability === 0.5) {
		return 0;
	}

	if (probability < 0.5) {
		return -studentQuantile(1 - probability, freedom);
	}

	// t falls with x = ν / (ν + t²), whose distribution is a beta; halving x reaches double precision in some sixty steps.
	let [low, high] = [0, 1];
	for (let step = 0; step < 200 && high - low > Number.EPSILON * high; step++) {
		const middle = (low + high) / 2;
		if (incompleteBeta(middle, freedom / 2, 0.5) / 2 < 1 - probability) {
			low = middle;
		} else {
			high = middle;
		}
	}

	const x = (low + high) / 2;
	return Math.sqrt(freedom * (1 - x) / x);
}

// erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms positive, so nothing cancels.
function erfSeries(x: number): number {
	let term = x;
	let sum = x;
	for (let n = 1; term > sum * Number.EPSILON / 4; n++) {
		term *= 2 * x * x / ((2 * n) + 1);
		sum += term;
	}

	return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}

// The continued fraction of erfc, from its end: sixty steps are more than enough from 2.5 on.
function erfcFraction(x: number): number {
	let fraction = 0;
	for (let n = 60; n > 0; n--) {
		fraction = n / 2 / (x + fraction);
	}

	return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}

/** The regularized incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0 || x >= 1) {
		return x <= 0 ? 0 : 1;
	}

	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + (a * Math.log(x)) + (b * Math.log1p(-x)));
	return x < (a + 1) / (a + b + 2) ? front * betaFraction(x, a, b) / a : 1 - (front * betaFraction(1 - x, b, a) / b);
}

// Its continued fraction by Lentz's method.
function betaFraction(x: number, a: number, b: number): number {
	const tiny = 1e-300;
	const away = (value: number) => Math.abs(value) < tiny ? tiny : value;
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x / (a + 1)));
	let result = d;
	for (let m = 1; m < 500; m++) {
		const even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
		d = 1 / away(1 + (even * d));
		c = away(1 + (even / c));
		result *= d * c;
		const odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
		d = 1 / away(1 + (odd * d));
		c = away(1 + (odd / c));
		result *= d * c;
		if (Math.abs((d * c) - 1) < Number.EPSILON) {
			break;
		}
	}

	return result;
}

const lanczos = [
	0.9999999999998099,
	676.5203681218851,
	-1259.1392167224028,
	771.3234287776531,
	-176.6150291621406,
	12.507343278686905,
	-0.13857109526572012,
	9.984369578019572e-6,
	1.5056327351493116e-7,
];

function logGamma(x: number): number {
	if (x < 0.5) {
		return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
	}

	const shifted = x - 1;
	const sum = lanczos.reduce((total, coefficient, index) => index === 0 ? coefficient : total + (coefficient / (shifted + index)), 0);
	const t = shifted + 7.5;
	return (Math.log(2 * Math.PI) / 2) + ((shifted + 0.5) * Math.log(t)) - t + Math.log(sum);
}
