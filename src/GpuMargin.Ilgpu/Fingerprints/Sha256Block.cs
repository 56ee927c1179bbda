namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>Sixteen words of the message schedule, in registers.</summary>
/// <remarks>FIPS 180-4, 6.2.2, step 1.</remarks>
struct Sha256Block
{
    public uint W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15;

    /// <summary>The next sixteen words.</summary>
    public readonly Sha256Block Next()
    {
        Sha256Block w = this;
        w.W0 += Sigma1(w.W14) + w.W9 + Sigma0(w.W1);
        w.W1 += Sigma1(w.W15) + w.W10 + Sigma0(w.W2);
        w.W2 += Sigma1(w.W0) + w.W11 + Sigma0(w.W3);
        w.W3 += Sigma1(w.W1) + w.W12 + Sigma0(w.W4);
        w.W4 += Sigma1(w.W2) + w.W13 + Sigma0(w.W5);
        w.W5 += Sigma1(w.W3) + w.W14 + Sigma0(w.W6);
        w.W6 += Sigma1(w.W4) + w.W15 + Sigma0(w.W7);
        w.W7 += Sigma1(w.W5) + w.W0 + Sigma0(w.W8);
        w.W8 += Sigma1(w.W6) + w.W1 + Sigma0(w.W9);
        w.W9 += Sigma1(w.W7) + w.W2 + Sigma0(w.W10);
        w.W10 += Sigma1(w.W8) + w.W3 + Sigma0(w.W11);
        w.W11 += Sigma1(w.W9) + w.W4 + Sigma0(w.W12);
        w.W12 += Sigma1(w.W10) + w.W5 + Sigma0(w.W13);
        w.W13 += Sigma1(w.W11) + w.W6 + Sigma0(w.W14);
        w.W14 += Sigma1(w.W12) + w.W7 + Sigma0(w.W15);
        w.W15 += Sigma1(w.W13) + w.W8 + Sigma0(w.W0);
        return w;
    }

    static uint Sigma0(uint x) => WordOperations.RotateRight(x, 7) ^ WordOperations.RotateRight(x, 18) ^ (x >> 3);

    static uint Sigma1(uint x) => WordOperations.RotateRight(x, 17) ^ WordOperations.RotateRight(x, 19) ^ (x >> 10);
}
