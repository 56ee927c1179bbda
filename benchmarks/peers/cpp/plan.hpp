// Everything that does not depend on the scenario.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <vector>

#include "../common/clearing_set.hpp"

constexpr int kWidth = 64;        // scenarios in a tile
constexpr int kVectors = kWidth / 16;
constexpr int kPanel = 6;         // rows of L that are multiplied together: 24 accumulators
constexpr int kCells = 32;        // one two-register permutation per coefficient of a marginal
constexpr float kMarginalScale = 4;

template <class T>
struct Aligned {
    explicit Aligned(std::size_t count = 0) { reset(count); }
    void reset(std::size_t count) {
        size = count;
        data.reset(static_cast<T*>(std::aligned_alloc(64, (count * sizeof(T) + 127) / 64 * 64)));
    }
    T& operator[](std::size_t i) { return data.get()[i]; }
    const T& operator[](std::size_t i) const { return data.get()[i]; }
    T* at(std::size_t i) { return data.get() + i; }
    const T* at(std::size_t i) const { return data.get() + i; }
    struct Free { void operator()(T* p) const { std::free(p); } };
    std::unique_ptr<T, Free> data;
    std::size_t size = 0;
};

struct Plan {
    int factors, padded_factors, options, accounts, chunk, chunks;
    Aligned<float> panels;            // [panel, column, row in panel], zero above the diagonal
    std::vector<std::size_t> panel_at;
    Aligned<float> marginal;          // [factor, power 0…3, cell]: innovation over variate
    std::vector<float> mean, deviation;
    struct Contract { float right, log_moneyness, asset, strike, deviation, inverse_deviation, value; int underlying, volatility; };
    std::vector<Contract> contracts;  // by underlying
    struct Holding { std::int32_t row; float quantity; };
    std::vector<Holding> holdings;    // by chunk, account, row in chunk
    std::vector<std::int32_t> first;  // [chunk, account + 1]
};

// Lower triangular L with L·Lᵀ = C.
inline std::vector<double> cholesky(std::vector<double> c, int n) {
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = c[i * n + j];
#pragma omp simd reduction(- : sum)
            for (int k = 0; k < j; k++) sum -= c[i * n + k] * c[j * n + k];
            if (i == j && sum <= 0) peers::refuse("correlation.csv is not positive definite");
            c[i * n + j] = i == j ? std::sqrt(sum) : sum / c[j * n + j];
        }
    }
    return c;
}

inline void pack_panels(Plan& plan, const std::vector<double>& lower) {
    int n = plan.factors, panels = (n + kPanel - 1) / kPanel;
    plan.padded_factors = panels * kPanel;
    std::size_t total = 0;
    for (int p = 0; p < panels; p++) {
        plan.panel_at.push_back(total);
        total += static_cast<std::size_t>((p + 1) * kPanel) * kPanel;
    }
    plan.panels.reset(total);
    for (int p = 0; p < panels; p++)
        for (int k = 0; k < (p + 1) * kPanel; k++)
            for (int r = 0; r < kPanel; r++) {
                int row = p * kPanel + r;
                plan.panels[plan.panel_at[p] + k * kPanel + r] = row < n && k <= row ? static_cast<float>(lower[row * n + k]) : 0.0f;
            }
}

// Log-density of Student's t, ν = 0: normal.
struct LogDensity {
    double constant, power, inverse_nu;
    explicit LogDensity(double nu)
        : constant(nu == 0 ? -0.5 * std::log(2 * M_PI) : std::lgamma((nu + 1) / 2) - std::lgamma(nu / 2) - 0.5 * std::log(nu * M_PI)),
          power(nu == 0 ? 0 : (nu + 1) / 2), inverse_nu(nu == 0 ? 0 : 1 / nu) {}
    double operator()(double x) const { return constant - (power == 0 ? x * x / 2 : power * std::log1p(x * x * inverse_nu)); }
};

// The marginal's quantile of the copula variate's probability, y(x), solves dy/dx = f(x)/g(y), y(0) = 0: fourth-order
// Runge–Kutta over s = x/(c + x), then a cubic of y/x per cell of s. The last cell (x > 31·c, probability below 1e-9
// for ν = 6) is held constant in y/x.
inline void tabulate_marginal(float* table, double copula_nu, double nu) {
    constexpr int kSteps = 4;
    LogDensity f(copula_nu), g(nu);
    double scale = nu == 0 ? 1 : std::sqrt((nu - 2) / nu);
    auto slope = [&](double s, double y) {
        double x = kMarginalScale * s / (1 - s);
        return std::exp(f(x) - g(y)) * kMarginalScale / ((1 - s) * (1 - s));
    };
    double ratio[4 * kCells], y = 0, h = 1.0 / (4 * kCells * kSteps);
    // y/x at quarters of cells.
    ratio[0] = std::exp(f(0) - g(0));
    for (int i = 1; i <= 4 * (kCells - 1); i++) {
        for (int step = 0; step < kSteps; step++) {
            double s = ((i - 1) * kSteps + step) * h;
            double k1 = slope(s, y), k2 = slope(s + h / 2, y + h / 2 * k1), k3 = slope(s + h / 2, y + h / 2 * k2), k4 = slope(s + h, y + h * k3);
            y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        double s = i * kSteps * h;
        ratio[i] = y * (1 - s) / (kMarginalScale * s);
    }
    for (int cell = 0; cell < kCells; cell++) {
        double c[4] = {ratio[4 * (kCells - 1)], 0, 0, 0};
        if (cell < kCells - 1) {
            // Through the cell's ends and the points at 1/4 and 3/4, in t = 0 … 1.
            double y0 = ratio[4 * cell], y1 = ratio[4 * cell + 1], y3 = ratio[4 * cell + 3], y4 = ratio[4 * cell + 4];
            double d01 = (y1 - y0) * 4, d13 = (y3 - y1) * 2, d34 = (y4 - y3) * 4;
            double d013 = (d13 - d01) / 0.75, d134 = (d34 - d13) / 0.75, d = d134 - d013;
            c[0] = y0;
            c[1] = d01 - 0.25 * d013 + 0.1875 * d;
            c[2] = d013 - d;
            c[3] = d;
        }
        for (int power = 0; power < 4; power++) table[power * kCells + cell] = static_cast<float>(c[power] * scale);
    }
}

inline double cumulative_normal(double x) { return 0.5 * std::erfc(-x * M_SQRT1_2); }

inline Plan::Contract contract(const peers::Option& option, const peers::ClearingSet& set) {
    double right = option.call ? 1 : -1, deviation = option.volatility * std::sqrt(option.years);
    double asset = option.multiplier * set.factors[option.underlying].level * std::exp(-option.dividend_yield * option.years);
    double strike = option.multiplier * option.strike * std::exp(-option.rate * option.years);
    double log_moneyness = std::log(asset / strike), d1 = log_moneyness / deviation + deviation / 2;
    double value = right * (asset * cumulative_normal(right * d1) - strike * cumulative_normal(right * (d1 - deviation)));
    return {static_cast<float>(right), static_cast<float>(log_moneyness), static_cast<float>(asset), static_cast<float>(strike),
            static_cast<float>(deviation), static_cast<float>(1 / deviation), static_cast<float>(value),
            option.underlying, option.volatility_factor};
}

inline Plan make_plan(const peers::ClearingSet& set, int chunk) {
    Plan plan;
    plan.factors = static_cast<int>(set.factors.size());
    plan.options = static_cast<int>(set.options.size());
    plan.accounts = static_cast<int>(set.accounts.size());
    plan.chunk = chunk;
    plan.chunks = (plan.options + chunk - 1) / chunk;

    plan.marginal.reset(static_cast<std::size_t>(plan.factors) * 4 * kCells);
    plan.mean.resize(plan.factors);
    plan.deviation.resize(plan.factors);
#pragma omp parallel for schedule(dynamic, 8)
    for (int i = 0; i < plan.factors; i++) {
        const peers::Factor& factor = set.factors[i];
        tabulate_marginal(plan.marginal.at(static_cast<std::size_t>(i) * 4 * kCells), set.copula_nu, factor.student_t ? factor.nu : 0);
        plan.mean[i] = static_cast<float>(factor.mean);
        plan.deviation[i] = static_cast<float>(std::sqrt(factor.variance));
    }
    pack_panels(plan, cholesky(set.correlation, plan.factors));

    std::vector<int> order(plan.options), row(plan.options);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return set.options[a].underlying < set.options[b].underlying; });
    for (int i = 0; i < plan.options; i++) {
        row[order[i]] = i;
        plan.contracts.push_back(contract(set.options[order[i]], set));
    }

    // Counting sorts: by row, then by chunk and account, both stable.
    std::size_t count = set.positions.size(), stride = static_cast<std::size_t>(plan.accounts) + 1;
    std::vector<std::int32_t> by_row(count), at(plan.options + 1);
    for (auto& p : set.positions) at[row[p.instrument] + 1]++;
    for (int i = 0; i < plan.options; i++) at[i + 1] += at[i];
    for (std::size_t i = 0; i < count; i++) by_row[at[row[set.positions[i].instrument]]++] = static_cast<std::int32_t>(i);
    plan.first.assign(stride * plan.chunks, 0);
    for (auto& p : set.positions) plan.first[stride * (row[p.instrument] / chunk) + p.account + 1]++;
    std::int32_t sum = 0;
    for (int c = 0; c < plan.chunks; c++) {
        plan.first[stride * c] = sum;
        for (std::size_t a = 1; a < stride; a++) plan.first[stride * c + a] = sum += plan.first[stride * c + a];
    }
    plan.holdings.resize(count);
    std::vector<std::int32_t> next(plan.first);
    for (std::int32_t i : by_row) {
        const peers::Position& p = set.positions[i];
        int r = row[p.instrument];
        plan.holdings[next[stride * (r / chunk) + p.account]++] = {r % chunk, p.quantity};
    }
    return plan;
}
