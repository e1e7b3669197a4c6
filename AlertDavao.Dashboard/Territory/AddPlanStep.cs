using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Territory;

/// <summary>The city desk plans one more change. Nothing is in force by it.</summary>
internal sealed class AddPlanStep(Writer writer, ScopeDirectory scopes, CityBook city)
{
    /// <summary>The actor is not the city desk.</summary>
    public const string NotYours = "Plan.NotYours";

    private const string TooMany = "Plan.TooMany";

    /// <returns>The rule that forbids it; null when it is planned.</returns>
    /// <exception cref="WriterBusy">Nothing was planned.</exception>
    /// <exception cref="WriteFailed">Nothing was planned.</exception>
    public Task<string?> Run(Guid actor, CityChange change)
    {
        var scope = scopes.Of(actor);
        return writer.Run(unit =>
        {
            if (!scope.IsCityDesk || !scopes.IsLive(scope))
                return NotYours;
            var planned = PlanSteps.Read(unit.Db);
            if (planned.Count >= PlanSteps.Most)
                return TooMany;
            try
            {
                PlanSteps.Replay(city.Now, planned).Plan.After(change);
            }
            catch (DomainRuleViolated refused)
            {
                return refused.Rule;
            }

            var step = new PlanStep { Id = Guid.CreateVersion7(unit.Now), Change = PlanSteps.Json(change), By = actor, At = unit.Now };
            unit.Db.PlanSteps.Add(step);
            unit.Audit(actor, AuditActs.PlanStepAdded, subject: step.Id.ToString());
            return null;
        });
    }
}
