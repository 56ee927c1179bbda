namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The eight words between two blocks of a message, in registers.</summary>
/// <remarks>FIPS 180-4: initial words 5.3.3, constants 4.2.2, functions 4.1.2, compression 6.2.2.</remarks>
readonly struct Sha256State(uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h)
{
    public readonly uint A = a;
    public readonly uint B = b;
    public readonly uint C = c;
    public readonly uint D = d;
    public readonly uint E = e;
    public readonly uint F = f;
    public readonly uint G = g;
    public readonly uint H = h;

    public static Sha256State Initial => new(
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);

    /// <summary>The state after another block.</summary>
    public Sha256State Compress(Sha256Block w)
    {
        Sha256State s = Rounds(
            w,
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174);
        w = w.Next();
        s = s.Rounds(
            w,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967);
        w = w.Next();
        s = s.Rounds(
            w,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070);
        w = w.Next();
        s = s.Rounds(
            w,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2);
        return new(A + s.A, B + s.B, C + s.C, D + s.D, E + s.E, F + s.F, G + s.G, H + s.H);
    }

    Sha256State Rounds(
        Sha256Block w,
        uint k0, uint k1, uint k2, uint k3, uint k4, uint k5, uint k6, uint k7,
        uint k8, uint k9, uint k10, uint k11, uint k12, uint k13, uint k14, uint k15) =>
        Round(k0 + w.W0).Round(k1 + w.W1).Round(k2 + w.W2).Round(k3 + w.W3)
            .Round(k4 + w.W4).Round(k5 + w.W5).Round(k6 + w.W6).Round(k7 + w.W7)
            .Round(k8 + w.W8).Round(k9 + w.W9).Round(k10 + w.W10).Round(k11 + w.W11)
            .Round(k12 + w.W12).Round(k13 + w.W13).Round(k14 + w.W14).Round(k15 + w.W15);

    Sha256State Round(uint constantAndWord)
    {
        uint t = H + constantAndWord
            + (WordOperations.RotateRight(E, 6) ^ WordOperations.RotateRight(E, 11) ^ WordOperations.RotateRight(E, 25))
            + (G ^ (E & (F ^ G)));
        uint u = (WordOperations.RotateRight(A, 2) ^ WordOperations.RotateRight(A, 13) ^ WordOperations.RotateRight(A, 22))
            + ((A & B) | (C & (A | B)));
        return new(t + u, A, B, C, D + t, E, F, G);
    }
}
