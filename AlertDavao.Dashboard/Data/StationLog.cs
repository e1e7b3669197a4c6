namespace AlertDavao.Dashboard.Data;

/// <summary>The counter of one log. Its row's lock makes commit order and number order the same.</summary>
internal sealed class StationLog
{
    /// <summary>A station's code, or CITY.</summary>
    public required string Code { get; init; }

    /// <summary>The highest number taken; 0 before the first.</summary>
    public long LastNumber { get; init; }

    /// <summary>Up to where it is written down when its reports were first on a screen (<see cref="ReportSight"/>); what lies before is never asked again.</summary>
    public long PaintedTo { get; init; }
}
