using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;

namespace AlertDavao.Dashboard.Territory;

/// <summary>The city desk takes back what is planned and not published.</summary>
internal sealed class RemovePlanSteps(Writer writer, ScopeDirectory scopes)
{
    /// <param name="one">The step; null for all there are.</param>
    /// <returns>False when the actor is not the city desk, or there is no such step.</returns>
    /// <exception cref="WriterBusy">Nothing was taken back.</exception>
    /// <exception cref="WriteFailed">Nothing was taken back.</exception>
    public Task<bool> Run(Guid actor, Guid? one)
    {
        var scope = scopes.Of(actor);
        return writer.Run(unit =>
        {
            if (!scope.IsCityDesk || !scopes.IsLive(scope))
                return false;
            var gone = unit.Db.PlanSteps.Where(step => step.PublishedIn == null && (one == null || step.Id == one)).ToList();
            foreach (var step in gone)
            {
                unit.Db.PlanSteps.Remove(step);
                unit.Audit(actor, AuditActs.PlanStepRemoved, subject: step.Id.ToString());
            }

            return one is null || gone.Count > 0;
        });
    }
}
