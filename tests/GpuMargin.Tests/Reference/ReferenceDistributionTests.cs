using Xunit;

namespace GpuMargin.Tests.Reference;

/// <summary>Quantiles computed with 40 digits (mpmath: incomplete beta and gamma functions, Newton's method) for the double nearest to each probability.</summary>
public sealed class ReferenceDistributionTests
{
    const double QuantileError = 1e-13; // relative; the promise is 1e-11, this is what is reached
    const double RoundTrip = 2e-13; // relative, of the tail probability: the density amplifies the quantile's last digits

    public static TheoryData<double, double, double> StudentT => new() // ν, upper tail probability, value
    {
        { 2.1, 0.4999, 0.000281309895574862808 },
        { 2.1, 0.3, 0.612416805725369839 },
        { 2.1, 0.01, 6.53082186691448261 },
        { 2.1, 1e-4, 59.5878856463304267 },
        { 2.1, 1e-8, 4786.48764888670052 },
        { 2.1, 1e-12, 384396.00231980627 },
        { 3, 0.4999, 0.000272069909110473382 },
        { 3, 0.3, 0.584389727439818707 },
        { 3, 0.01, 4.54070285856813352 },
        { 3, 1e-4, 22.2037422732041826 },
        { 3, 1e-8, 479.525069579738281 },
        { 3, 1e-12, 10331.1082442924862 },
        { 4.5, 0.4999, 0.000264867814828203497 },
        { 4.5, 0.3, 0.563505803939377895 },
        { 4.5, 0.01, 3.52705089062609248 },
        { 4.5, 1e-4, 11.0209963686122299 },
        { 4.5, 1e-8, 86.6339765679983465 },
        { 4.5, 1e-12, 670.942702505105976 },
        { 6.5, 0.4999, 0.000260453041743753005 },
        { 6.5, 0.3, 0.551075840588589188 },
        { 6.5, 0.01, 3.06336551066011257 },
        { 6.5, 1e-4, 7.4869282763877758 },
        { 6.5, 1e-8, 32.325668578581225 },
        { 6.5, 1e-12, 133.675147047734356 },
        { 30, 0.4999, 0.000252760025393393637 },
        { 30, 0.3, 0.53001900390650451 },
        { 30, 0.01, 2.45726154240059136 },
        { 30, 1e-4, 4.2339859572720211 },
        { 30, 1e-8, 7.5565346518854014 },
        { 30, 1e-12, 11.3972175233114112 },
        { 200, 0.4999, 0.000250976353250198412 },
        { 200, 0.3, 0.52523733401555349 },
        { 200, 0.01, 2.34513708225946844 },
        { 200, 1e-4, 3.78912078874773 },
        { 200, 1e-8, 5.84815018748837824 },
        { 200, 1e-12, 7.50324765707268352 },
        { 5000, 0.4999, 0.00025067536354354968 },
        { 5000, 0.3, 0.524433944832573021 },
        { 5000, 0.01, 2.32709391773334764 },
        { 5000, 1e-4, 3.72177616833677795 },
        { 5000, 1e-8, 5.62113201477514606 },
        { 5000, 1e-12, 7.05227853152972365 },
    };

    public static TheoryData<double, double> Normal => new() // upper tail probability, value
    {
        { 0.4, 0.253347103135799741 },
        { 0.01, 2.32634787404084109 },
        { 1e-4, 3.71901648545568055 },
        { 1e-8, 5.61200124417478873 },
        { 1e-12, 7.03448382530113193 },
        { 1e-30, 11.4640246884436157 },
    };

    public static TheoryData<double, double, bool, double> ChiSquare => new() // ν, tail probability, whether the upper tail, value
    {
        { 2.1, 1e-12, false, 7.61258317510554106e-12 },
        { 2.1, 1e-6, false, 3.94292197175219643e-6 },
        { 2.1, 0.3, false, 0.780160400955094313 },
        { 2.1, 0.3, true, 2.53633771363132094 },
        { 2.1, 1e-6, true, 27.9551861406485335 },
        { 2.1, 1e-12, true, 55.6518209920058461 },
        { 3, 1e-12, false, 2.41798794271803577e-8 },
        { 3, 1e-6, false, 0.00024181048720124282 },
        { 3, 0.3, false, 1.42365224303527954 },
        { 3, 0.3, true, 3.66487078317031745 },
        { 3, 1e-6, true, 30.6648497062135992 },
        { 3, 1e-12, true, 58.9197556832021534 },
        { 6.5, 1e-12, false, 0.00077860107691642389 },
        { 6.5, 1e-6, false, 0.0549840412988694967 },
        { 6.5, 0.3, false, 4.2477027665957261 },
        { 6.5, 0.3, true, 7.80885854957460173 },
        { 6.5, 1e-6, true, 39.4018198090616906 },
        { 6.5, 1e-12, true, 69.4862599966549885 },
        { 30, 1e-12, false, 2.17927318655926519 },
        { 30, 1e-6, false, 6.20029373834359319 },
        { 30, 0.3, false, 25.5077585538802939 },
        { 30, 0.3, true, 33.5302329265593403 },
        { 30, 1e-6, true, 82.0441431370428271 },
        { 30, 1e-12, true, 120.052034725012189 },
        { 200, 1e-12, false, 89.7720440600352284 },
        { 200, 1e-6, false, 118.872641396245788 },
        { 200, 0.3, false, 189.048598717761436 },
        { 200, 0.3, true, 209.985415357730347 },
        { 200, 1e-6, true, 309.83809199007797 },
        { 200, 1e-12, true, 374.495910727132903 },
        { 5000, 1e-12, false, 4328.53452125330278 },
        { 5000, 1e-6, false, 4538.9702251538052 },
        { 5000, 0.3, false, 4947.08054485774141 },
        { 5000, 0.3, true, 5051.9528103640503 },
        { 5000, 1e-6, true, 5489.81985882536972 },
        { 5000, 1e-12, true, 5736.09560168527607 },
    };

    [Theory]
    [MemberData(nameof(StudentT))]
    public void Quantiles_of_the_t_distribution_keep_their_relative_accuracy_in_the_tails(double nu, double tail, double value)
    {
        Equal(value, ReferenceStudentT.UpperQuantile(tail, nu), QuantileError);
        Equal(-value, ReferenceStudentT.Quantile(tail, nu), QuantileError);
        Equal(tail, ReferenceStudentT.UpperTail(value, nu), RoundTrip);
        Equal(tail, ReferenceStudentT.Cdf(-value, nu), RoundTrip);
    }

    [Theory]
    [MemberData(nameof(Normal))]
    public void Quantiles_of_the_normal_distribution_keep_their_relative_accuracy_in_the_tails(double tail, double value)
    {
        Equal(value, ReferenceNormal.UpperQuantile(tail), QuantileError);
        Equal(value, ReferenceStudentT.UpperQuantile(tail, double.PositiveInfinity), QuantileError);
        Equal(tail, ReferenceNormal.Cdf(-value), RoundTrip);
    }

    [Theory]
    [MemberData(nameof(ChiSquare))]
    public void Quantiles_of_the_chi_square_distribution_keep_their_relative_accuracy_in_both_tails(
        double nu, double tail, bool upper, double value)
    {
        double quantile = upper ? ReferenceChiSquare.UpperQuantile(tail, nu) : ReferenceChiSquare.Quantile(tail, nu);
        double probability = upper ? ReferenceChiSquare.UpperTail(value, nu) : ReferenceChiSquare.Cdf(value, nu);
        Equal(value, quantile, QuantileError);
        Equal(tail, probability, RoundTrip);
    }

    [Fact]
    public void Many_degrees_of_freedom_make_the_t_distribution_normal()
    {
        const double Difference = 1e-7; // the leading term is (x³ + x)/(4ν)
        Assert.Equal(ReferenceNormal.UpperQuantile(1e-3), ReferenceStudentT.UpperQuantile(1e-3, 1e8), Difference);
    }

    [Fact]
    public void Distribution_functions_agree_with_MathNets_in_the_middle()
    {
        const double Absolute = 1e-12; // what MathNet's general routines reach
        foreach (double nu in (double[])[2.1, 6.5, 30])
        {
            foreach (double x in (double[])[-4, -1.7, -.2, 0, .6, 1.8, 5])
            {
                Assert.Equal(MathNet.Numerics.Distributions.StudentT.CDF(0, 1, nu, x), ReferenceStudentT.Cdf(x, nu), Absolute);
                Assert.Equal(MathNet.Numerics.Distributions.ChiSquared.CDF(nu, x + 5), ReferenceChiSquare.Cdf(x + 5, nu), Absolute);
            }
        }
    }

    static void Equal(double expected, double actual, double relative) =>
        Assert.True(
            Math.Abs(actual - expected) <= relative * Math.Abs(expected),
            $"expected {expected:R}, got {actual:R}, relative error {(actual - expected) / expected:E1}");
}
