// Clearing set to value at risk and expected shortfall of every account: job S or L of the benchmarks.
#include <omp.h>

#include <array>
#include <chrono>
#include <cstring>
#include <string>

#include "../common/clearing_set.hpp"
#include "../common/replay.hpp"
#include "aggregate.hpp"
#include "revalue.hpp"
#include "tails.hpp"

namespace {

enum Stage { kDraw, kCorrelate, kEvolve, kRevalue, kAggregate, kTails, kStages };
constexpr const char* kStageNames[kStages] = {"draw", "correlate", "evolve", "revalue", "aggregate", "tails"};

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

struct Clock {
    alignas(64) double seconds[kStages] = {};
    double last = now();
    void lap(Stage stage) {
        double time = now();
        seconds[stage] += time - last;
        last = time;
    }
};

struct Result {
    std::vector<double> var, es;
    double plan, measures, engine;
    std::array<double, kStages> stages;  // mean over the threads
};

// Revalues and adds up one tile: [account, scenario].
void fill(const Plan& plan, const ScenarioTile& tile, float* changes, float* sums, Clock& clock) {
    for (int c = 0; c < plan.chunks; c++) {
        int first = c * plan.chunk, last = std::min(first + plan.chunk, plan.options);
        for (int i = first; i < last; i++) revalue(plan.contracts[i], tile, changes + static_cast<std::size_t>(i - first) * kWidth);
        clock.lap(kRevalue);
        if (c == 0) aggregate<true>(plan, c, changes, sums);
        else aggregate<false>(plan, c, changes, sums);
        clock.lap(kAggregate);
    }
}

Result run(const peers::ClearingSet& set, int threads, int chunk) {
    double start = now();
    Plan plan = make_plan(set, chunk);
    Result result{};
    result.plan = now() - start;

    double m = static_cast<double>(set.scenarios) * (1 - set.confidence);
    m = std::round(m * 1e6) / 1e6;  // 100, not 99.999…
    int whole = static_cast<int>(m), keep = whole + 1;
    std::vector<std::unique_ptr<Tails>> tails(threads);
    std::vector<Clock> clocks(threads);
    std::int64_t tiles = (set.scenarios + kWidth - 1) / kWidth;
#pragma omp parallel num_threads(threads)
    {
        int thread = omp_get_thread_num();
        auto tail = std::make_unique<Tails>(plan.accounts, keep);
        ScenarioTile tile(plan, set);
        Aligned<float> changes(static_cast<std::size_t>(plan.chunk) * kWidth);
        Aligned<float> sums(static_cast<std::size_t>(plan.accounts) * kWidth);
        Clock clock;
#pragma omp for schedule(dynamic, 1)
        for (std::int64_t t = 0; t < tiles; t++) {
            clock.last = now();
            tile.draw(t);
            clock.lap(kDraw);
            tile.correlate();
            clock.lap(kCorrelate);
            tile.evolve();
            clock.lap(kEvolve);
            fill(plan, tile, changes.at(0), sums.at(0), clock);
            tail->add(sums.at(0), static_cast<int>(std::min<std::int64_t>(kWidth, set.scenarios - t * kWidth)));
            clock.lap(kTails);
        }
        tails[thread] = std::move(tail);
        clocks[thread] = clock;
    }
    for (int stage = 0; stage < kStages; stage++)
        for (Clock& clock : clocks) result.stages[stage] += clock.seconds[stage] / threads;

    double measuring = now();
    result.var.resize(plan.accounts);
    result.es.resize(plan.accounts);
#pragma omp parallel num_threads(threads)
    {
        std::vector<float> worst;
#pragma omp for
        for (int account = 0; account < plan.accounts; account++) {
            worst.clear();
            for (auto& tail : tails) worst.insert(worst.end(), tail->values(account), tail->values(account) + tail->count(account));
            std::nth_element(worst.begin(), worst.begin() + whole, worst.end());
            double sum = (m - whole) * worst[whole];
            for (int i = 0; i < whole; i++) sum += worst[i];
            result.var[account] = -static_cast<double>(worst[whole]);
            result.es[account] = -sum / m;
        }
    }
    result.measures = now() - measuring;
    result.engine = now() - start;
    return result;
}

// Largest difference to our P&L over gross, in our scenarios.
double compare(const peers::ClearingSet& set, int chunk, const std::string& shocks_file, const std::string& pnl_file) {
    Plan plan = make_plan(set, chunk);
    peers::Scenarios shocks = peers::read_shocks(shocks_file, set), ours = peers::read_pnl(pnl_file, set);
    if (ours.count != shocks.count) peers::refuse("shocks and P&L differ in their scenarios");
    std::vector<double> theirs(ours.values.size());
    ScenarioTile tile(plan, set);
    Aligned<float> changes(static_cast<std::size_t>(plan.chunk) * kWidth), sums(static_cast<std::size_t>(plan.accounts) * kWidth);
    Clock clock;
    for (int first = 0; first < shocks.count; first += kWidth) {
        tile.replay(shocks, first);
        fill(plan, tile, changes.at(0), sums.at(0), clock);
        for (int s = first; s < std::min(first + kWidth, shocks.count); s++)
            for (int account = 0; account < plan.accounts; account++)
                theirs[static_cast<std::size_t>(s) * plan.accounts + account] = sums[static_cast<std::size_t>(account) * kWidth + s - first];
    }
    return peers::largest_difference(ours, theirs, peers::gross(set));
}

void write_margins(const std::string& path, const peers::ClearingSet& set, const Result& result) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    if (!file) peers::refuse(path + " cannot be written");
    std::fputs("account,var,es\n", file);
    for (std::size_t i = 0; i < set.accounts.size(); i++)
        std::fprintf(file, "%s,%.9g,%.9g\n", set.accounts[i].c_str(), result.var[i], result.es[i]);
    std::fclose(file);
}

void write_record(const std::string& path, const peers::ClearingSet& set, const Result& r, int threads, double read) {
    std::FILE* file = path.empty() ? stdout : std::fopen(path.c_str(), "w");
    if (!file) peers::refuse(path + " cannot be written");
    double scenarios = static_cast<double>(set.scenarios);
    std::fprintf(file, "{ \"peer\": \"cpp\", \"threads\": %d, \"timings\": { \"read\": %.6f, \"engine\": %.6f, \"stages\": { \"plan\": %.6f", threads, read, r.engine, r.plan);
    for (int stage = 0; stage < kStages; stage++) std::fprintf(file, ", \"%s\": %.6f", kStageNames[stage], r.stages[stage]);
    std::fprintf(file, ", \"measures\": %.6f } }, \"rates\": { \"ns per price and core\": %.3f, \"Gfma/s and core\": %.2f } }\n", r.measures,
                 r.stages[kRevalue] * threads * 1e9 / (scenarios * static_cast<double>(set.options.size())),
                 scenarios * static_cast<double>(set.positions.size()) / (r.stages[kAggregate] * threads) * 1e-9);
    if (file != stdout) std::fclose(file);
}

}  // namespace

int main(int count, char** arguments) {
    std::string folder, margins, record, shocks, pnl;
    double tolerance = 0;
    std::int64_t scenarios = 0;
    int threads = omp_get_max_threads(), chunk = 400;  // 100 KB of P&L: L2 keeps it beside the sums that stream through
    for (int i = 1; i < count; i++) {
        std::string name = arguments[i];
        if (name.rfind("--", 0) != 0) {
            folder = name;
            continue;
        }
        if (++i == count) peers::refuse(name + " needs a value");
        if (name == "--scenarios") scenarios = std::atoll(arguments[i]);
        else if (name == "--threads") threads = std::atoi(arguments[i]);
        else if (name == "--chunk") chunk = std::atoi(arguments[i]);
        else if (name == "--shocks") shocks = arguments[i];
        else if (name == "--pnl") pnl = arguments[i];
        else if (name == "--tolerance") tolerance = peers::number(arguments[i]);
        else if (name == "--margins") margins = arguments[i];
        else if (name == "--record") record = arguments[i];
        else peers::refuse("unknown option " + name);
    }
    if (folder.empty()) peers::refuse("usage: cpp SET [--scenarios N] [--threads N] [--chunk N] [--margins FILE] [--record FILE]\n"
                                     "       cpp SET --shocks FILE --pnl FILE --tolerance X");
    if (threads < 1 || chunk < 1) peers::refuse("--threads and --chunk are at least 1");

    double start = now();
    peers::ClearingSet set = peers::read_clearing_set(folder);
    if (!shocks.empty()) {
        double difference = compare(set, chunk, shocks, pnl);
        std::printf("{ \"peer\": \"cpp\", \"largest difference of P&L over gross\": %.3g }\n", difference);
        if (difference <= tolerance) return 0;
        std::fprintf(stderr, "WRONG: P&L differs by %.3g of gross, more than %.3g\n", difference, tolerance);
        return 4;
    }
    if (scenarios > 0) set.scenarios = scenarios;
    double read = now() - start;
    if (static_cast<double>(set.scenarios) * (1 - set.confidence) < 1) peers::refuse("too few scenarios for the confidence");
    Result result = run(set, threads, chunk);
    if (!margins.empty()) write_margins(margins, set, result);
    write_record(record, set, result, threads, read);
}
