using System.Globalization;

namespace WorkflowStudio.Engine.Diagnostics;

/// <summary>
/// Named points at which a test may kill the process: <c>STUDIO_FAILPOINT=name:n</c> ends it, without any clean-up, at the n-th pass of the
/// point; <c>before_step:ID</c> at the first call of a step with that id. Off unless <see cref="Arm"/> was called, which Production never
/// does. The names are those of <see cref="FailPoint"/>.
/// </summary>
public static class FailPoints
{
    private static string? armed;
    private static string? armedSubject;
    private static int left;

    /// <summary>Whether a point is armed, so that finding out which one is passed is worth its time.</summary>
    public static bool IsArmed => armed is not null;

    /// <summary>
    /// Arms a point; false when the text is not of the form <c>name:n</c>, <c>name:subject</c> or <c>name:subject:n</c> with n from 1 and a
    /// known name.
    /// </summary>
    public static bool Arm(string setting)
    {
        var parts = setting.Split(':');
        if (parts.Length is < 2 or > 3 || !FailPoint.All.ContainsKey(parts[0]) || parts[1].Length == 0) return false;
        var numbered = TryCount(parts[^1], out var count);
        if (!numbered && (parts.Length == 3 || int.TryParse(parts[1], out _))) return false;
        left = numbered ? count : 1;
        armedSubject = parts.Length == 3 || !numbered ? parts[1] : null;
        armed = parts[0];
        return true;
    }

    /// <summary>Passes a point; does not return when it is the armed one and its count is reached.</summary>
    /// <param name="name">One of <see cref="FailPoint"/>.</param>
    /// <param name="subject">What it is passed for, where one can be named: the id of a step.</param>
    public static void Pass(string name, string? subject = null)
    {
        if (armed is null || armed != name || (armedSubject is not null && armedSubject != subject)) return;
        if (Interlocked.Decrement(ref left) == 0) Die();
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1;

    // SIGKILL: no finalizer, no exit handler, no flush, as when the machine loses its power. The wait is for the signal to arrive.
    private static void Die()
    {
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        new ManualResetEventSlim(false).Wait(Timeout.Infinite);
    }
}
