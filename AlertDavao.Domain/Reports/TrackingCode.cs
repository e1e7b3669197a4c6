namespace AlertDavao.Domain.Reports;

/// <summary>The short code a person can read out: <c>DVO-7K3M-92QX</c>, 40 random bits in Crockford's alphabet.</summary>
public static class TrackingCode
{
    public const int RandomBytes = 5;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <param name="random"><see cref="RandomBytes"/> bytes from a cryptographic source.</param>
    public static string From(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomBytes);
        ulong bits = 0;
        foreach (var part in random)
            bits = (bits << 8) | part;

        return string.Create(13, bits, static (text, value) =>
        {
            "DVO-0000-0000".CopyTo(text);
            for (var at = 12; at >= 4; at--)
            {
                if (at == 8)
                    continue;
                text[at] = Alphabet[(int)(value & 31)];
                value >>= 5;
            }
        });
    }
}
