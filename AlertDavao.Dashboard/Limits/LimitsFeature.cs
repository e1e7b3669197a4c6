using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AlertDavao.Dashboard.Limits;

internal static class LimitsFeature
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var options = LimitOptions.From(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TrustedProxies.From(builder.Configuration));
        builder.Services.Configure<KestrelServerOptions>(server =>
        {
            server.Limits.RequestHeadersTimeout = options.Headers;
            server.Limits.MinRequestBodyDataRate = new MinDataRate(options.BytesPerSecond, options.Grace);
        });
    }
}
