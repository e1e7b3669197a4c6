using AlertDavao.Dashboard.Meters;
using static AlertDavao.Dashboard.Meters.IntakeOutcomes;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// Counts how requests to file a report end, and how long the accepted ones took. Stands around the limits, so that what they
/// refuse is counted too; a client that hangs up is not.
/// </summary>
internal sealed class CountIntake(ProductMeter meter, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var arrived = time.GetTimestamp();
        var answer = await next(context);
        meter.Asked(OutcomeOf(answer, context.HttpContext.Response.StatusCode), time.GetElapsedTime(arrived));
        return answer;
    }

    // An answer that is no problem has its status set already; a problem sets its own when it is written.
    private static string OutcomeOf(object? answer, int status) => answer switch
    {
        IntakeProblem.Answer { IsBusy: true } => Busy,
        IntakeProblem.Answer problem => OutcomeOf(problem.Status),
        _ => status == StatusCodes.Status201Created ? Accepted : Repeated,
    };

    private static string OutcomeOf(int refused) => refused switch
    {
        StatusCodes.Status401Unauthorized => Unauthorised,
        StatusCodes.Status429TooManyRequests or StatusCodes.Status507InsufficientStorage => Limited,
        < StatusCodes.Status500InternalServerError => Invalid,
        _ => Failed,
    };
}
