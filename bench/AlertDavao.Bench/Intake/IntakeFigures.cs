using AlertDavao.Bench.Commands;
using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Intake;

/// <param name="Clients">Connections, each with one request at a time.</param>
/// <param name="WarmUp">What both sides compile and fill meanwhile is not counted.</param>
internal sealed record IntakeOptions(Incident[] Incidents, int Clients, TimeSpan WarmUp, TimeSpan Length, bool WithEvidence);

/// <param name="Accepted">Answered 201 while it counted.</param>
/// <param name="AllAccepted">Answered 201 in the whole run; as many must be in the logs.</param>
/// <param name="Lost">Answered 201 and in no log; negative when something else wrote there.</param>
/// <param name="Gaps">Numbers of a log that no entry has.</param>
internal sealed record IntakeFigures(
    int Accepted, int AllAccepted, double PerSecond, Percentiles Times, CpuUse Cpu, long Lost, long Gaps, bool IsEachInItsLog, string[] Failures)
{
    public double ServerMicrosecondsPerReport => Cpu.Server.TotalMicroseconds / Accepted;

    public bool Ok => Accepted > 0 && IsEachInItsLog && Failures.Length == 0;
}
