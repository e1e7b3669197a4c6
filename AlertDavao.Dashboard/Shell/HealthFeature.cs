using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlertDavao.Dashboard.Shell;

internal static class HealthFeature
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services)
        => services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [Ready]);

    /// <summary>Live: the process answers. Ready: it can read and write reports, and the database's file is whole as far as anybody has seen. Bare words, nothing about the inside.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }

    private sealed class DatabaseCheck(IDbContextFactory<AlertDavaoDb> contexts, Writer writer, DatabaseIntegrity integrity) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return writer.IsRunning && !writer.HasMetDamage && !integrity.IsDamaged && await db.Marks.AnyAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
        }
    }
}
