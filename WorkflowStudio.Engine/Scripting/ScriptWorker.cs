using System.Collections.Concurrent;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>
/// The process in which scripts run, one after the other. It holds no secret and no connection, is given what a script may see, and ends
/// with whoever started it.
/// </summary>
public static class ScriptWorker
{
    /// <summary>The argument with which the app starts it.</summary>
    public const string Command = "script-worker";

    /// <summary>Runs what comes in until nothing does any more.</summary>
    public static void Run(Stream requests, Stream answers)
    {
        using var reader = new BinaryReader(requests);
        using var writer = new BinaryWriter(answers);
        using var work = new BlockingCollection<ScriptRequest>();
        var thread = new Thread(() => Work(work, writer), ScriptLimits.Stack) { IsBackground = true, Name = "Script" };
        thread.Start();
        try
        {
            // beside the work, so that an endless script ends, too, when its starter is gone
            while (true) work.Add(ScriptRequest.Read(reader));
        }
        catch (EndOfStreamException)
        {
            // no more work: the process ends, and the thread with it
        }
    }

    private static void Work(BlockingCollection<ScriptRequest> work, BinaryWriter answers)
    {
        // what every script needs is compiled before the first one's time begins
        ScriptSandbox.Run(new ScriptRequest("console.log(/a/.test('a')); return JSON.parse('[1]').map(n => ({ n }))", "{}"u8.ToArray(),
            ScriptLimits.LongestTime));
        answers.Write(true);
        answers.Flush();
        foreach (var request in work.GetConsumingEnumerable()) ScriptSandbox.Run(request).Write(answers);
    }
}
