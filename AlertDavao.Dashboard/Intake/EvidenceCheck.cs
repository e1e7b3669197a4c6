using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlertDavao.Dashboard.Intake;

/// <summary>Says "Degraded" while the store takes no files: reports without files go on, but somebody should make room.</summary>
internal sealed class EvidenceCheck(EvidenceFiles files) : IHealthCheck
{
    /// <summary>The tag of checks that say whether the program can do its work.</summary>
    public const string Ready = "ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(files.HasRoom() ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded());
        }
        catch (IOException)
        {
            return Task.FromResult(HealthCheckResult.Degraded());
        }
    }
}
