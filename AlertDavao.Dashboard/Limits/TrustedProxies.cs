using System.Net;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.HttpOverrides;

namespace AlertDavao.Dashboard.Limits;

/// <summary>
/// Who may say for whom a request comes (<c>Security:KnownProxies</c>). From everyone else a forwarded header is a text
/// like any other, and the address that counts is the connection's own.
/// </summary>
internal sealed record TrustedProxies(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<System.Net.IPNetwork> Networks)
{
    public const string Key = "Security:KnownProxies";

    /// <exception cref="SettingMissing">An entry is neither an address nor a network.</exception>
    public static TrustedProxies From(IConfiguration configuration)
    {
        // A list in the settings file; in an environment variable one text with commas will do.
        var section = configuration.GetSection(Key);
        var entries = section.GetChildren().Select(entry => entry.Value).Concat(section.Value?.Split(',') ?? [])
            .Select(entry => entry?.Trim()).Where(entry => !string.IsNullOrEmpty(entry));

        var addresses = new List<IPAddress>();
        var networks = new List<System.Net.IPNetwork>();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
                addresses.Add(address);
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
                networks.Add(network);
            else
                throw new SettingMissing(Key, $"\"{entry}\" is no address and no network such as 10.0.0.0/8");
        }

        return new TrustedProxies(addresses, networks);
    }

    public void Use(IApplicationBuilder app)
    {
        if (Addresses.Count + Networks.Count == 0)
            return;

        // Through as many of them as stand in a row; the first that is not one of them is who asks.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in Addresses)
            options.KnownProxies.Add(address);
        foreach (var network in Networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
