using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Territory;

/// <summary>The steps that are planned, applied to the city in force.</summary>
internal static class PlanSteps
{
    /// <summary>Steps that a plan has at most.</summary>
    public const int Most = 100;

    /// <summary>In the order in which they are applied.</summary>
    public static IReadOnlyList<PlanStep> Read(AlertDavaoDb db)
        => [.. db.PlanSteps.AsNoTracking().Where(step => step.PublishedIn == null).AsEnumerable().OrderBy(step => step.At).ThenBy(step => step.Id)];

    public static string Json(CityChange change) => JsonSerializer.Serialize(change);

    /// <summary>Applies them one after the other; one that means nothing any more is passed over, with the rule that says so.</summary>
    public static PlannedCity Replay(CityPicture city, IReadOnlyList<PlanStep> steps)
    {
        var plan = new CityPlan(city.Stations.Values, city.Barangays.Values);
        var replayed = new List<(PlanStep, CityChange, string?)>();
        foreach (var step in steps)
        {
            var change = JsonSerializer.Deserialize<CityChange>(step.Change)!;
            string? fault = null;
            try
            {
                plan = plan.After(change);
            }
            catch (DomainRuleViolated refused)
            {
                fault = refused.Rule;
            }

            replayed.Add((step, change, fault));
        }

        return new PlannedCity(plan, replayed, Fingerprint(city, steps));
    }

    // Of what it begins with and of every step: what was rehearsed is what is published, or nothing is.
    private static string Fingerprint(CityPicture city, IReadOnlyList<PlanStep> steps)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{city.Version}\n{string.Join('\n', steps.Select(step => step.Id))}")))[..32];
}

/// <param name="Steps">With the rule that a step breaks; null for one that holds.</param>
/// <param name="Fingerprint">Equal for the same steps on the same boundaries.</param>
internal sealed record PlannedCity(CityPlan Plan, IReadOnlyList<(PlanStep Step, CityChange Change, string? Fault)> Steps, string Fingerprint)
{
    public bool IsWhole => Steps.All(step => step.Fault is null);
}
