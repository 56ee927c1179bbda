// QuantLib's Black formula over our scenarios: nanoseconds a price on one core, and agreement with our P&L.
// blackFormula(type, strike, forward, stdDev, discount) is the fastest route that QuantLib offers: no instrument, engine,
// handle, observer or payoff object. Forwards and deviations are made by multiplication from exponentials that are not timed.
#include <ql/pricingengines/blackformula.hpp>
#include <ql/version.hpp>

#include <algorithm>
#include <chrono>
#include <string>

#include "../common/replay.hpp"

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

struct Contract {
    QuantLib::Option::Type type;
    double strike, forward, deviation, discount, value;
    int underlying, volatility;
};

}  // namespace

int main(int count, char** arguments) {
    std::string folder, shocks_file, pnl_file, record;
    double tolerance = 0;
    for (int i = 1; i < count; i++) {
        std::string name = arguments[i];
        if (name.rfind("--", 0) != 0) {
            folder = name;
            continue;
        }
        if (++i == count) peers::refuse(name + " needs a value");
        if (name == "--shocks") shocks_file = arguments[i];
        else if (name == "--pnl") pnl_file = arguments[i];
        else if (name == "--tolerance") tolerance = peers::number(arguments[i]);
        else if (name == "--record") record = arguments[i];
        else peers::refuse("unknown option " + name);
    }
    if (folder.empty() || shocks_file.empty())
        peers::refuse("usage: quantlib SET --shocks FILE [--pnl FILE --tolerance X] [--record FILE]");

    peers::ClearingSet set = peers::read_clearing_set(folder);
    peers::Scenarios shocks = peers::read_shocks(shocks_file, set);
    std::vector<double> growth(shocks.values.size());
    std::transform(shocks.values.begin(), shocks.values.end(), growth.begin(), [](double x) { return std::exp(x); });
    std::vector<Contract> contracts;
    for (const peers::Option& o : set.options) {
        Contract c{o.call ? QuantLib::Option::Call : QuantLib::Option::Put, o.strike,
                   set.factors[o.underlying].level * std::exp((o.rate - o.dividend_yield) * o.years),
                   o.volatility * std::sqrt(o.years), std::exp(-o.rate * o.years), 0, o.underlying, o.volatility_factor};
        c.value = QuantLib::blackFormula(c.type, c.strike, c.forward, c.deviation, c.discount);
        contracts.push_back(c);
    }

    std::size_t options = contracts.size();
    std::vector<double> changes(options * shocks.count);  // [scenario, option], one unit of underlying
    double best = 0, elapsed = 0;
    for (int repetition = 0; repetition < 5; repetition++) {
        double start = now();
        for (int s = 0; s < shocks.count; s++) {
            const double* g = growth.data() + static_cast<std::size_t>(s) * shocks.columns;
            double* target = changes.data() + options * s;
            for (std::size_t i = 0; i < options; i++) {
                const Contract& c = contracts[i];
                double up = c.volatility < 0 ? 1 : g[c.volatility];
                target[i] = QuantLib::blackFormula(c.type, c.strike, c.forward * g[c.underlying], c.deviation * up, c.discount) - c.value;
            }
        }
        elapsed = now() - start;
        best = repetition == 0 ? elapsed : std::min(best, elapsed);
    }

    double difference = 0;
    if (!pnl_file.empty()) {
        peers::Scenarios ours = peers::read_pnl(pnl_file, set);
        if (ours.count != shocks.count) peers::refuse("shocks and P&L differ in their scenarios");
        std::vector<double> theirs(ours.values.size());
        for (int s = 0; s < ours.count; s++)
            for (const peers::Position& p : set.positions)
                theirs[static_cast<std::size_t>(s) * ours.columns + p.account] +=
                    p.quantity * set.options[p.instrument].multiplier * changes[options * s + p.instrument];
        difference = peers::largest_difference(ours, theirs, peers::gross(set));
    }

    std::FILE* file = record.empty() ? stdout : std::fopen(record.c_str(), "w");
    if (!file) peers::refuse(record + " cannot be written");
    std::fprintf(file, "{ \"peer\": \"quantlib\", \"version\": \"%s\", \"threads\": 1, \"rates\": { \"ns per price and core\": %.3f }",
                 QL_VERSION, best * 1e9 / (static_cast<double>(options) * shocks.count));
    if (!pnl_file.empty()) std::fprintf(file, ", \"largest difference of P&L over gross\": %.3g", difference);
    std::fprintf(file, " }\n");
    if (file != stdout) std::fclose(file);
    if (tolerance > 0 && !(difference <= tolerance)) {
        std::fprintf(stderr, "WRONG: P&L differs by %.3g of gross, more than %.3g\n", difference, tolerance);
        return 4;
    }
}
