using System.Security.Cryptography;
using System.Text;
using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Operations;

/// <summary>Who else than this machine may read the meters.</summary>
internal sealed class MetricsOptions
{
    private const string Key = "Metrics:Token";
    private const int Shortest = 32;
    private const string Scheme = "Bearer ";

    private readonly byte[]? _hash;

    private MetricsOptions(byte[]? hash) => _hash = hash;

    /// <exception cref="SettingMissing">The token is too short to be no guess.</exception>
    public static MetricsOptions From(IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => new(null),
        { Length: < Shortest } => throw new SettingMissing(Key, $"must have at least {Shortest} characters"),
        { } token => new(Hash(token)),
    };

    /// <summary>Whether the header carries the token. Hashes are compared, so that time tells nothing, its length neither.</summary>
    public bool IsToken(string? authorization) => _hash is not null
        && authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
        && CryptographicOperations.FixedTimeEquals(_hash, Hash(authorization[Scheme.Length..].Trim()));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
