using Microsoft.AspNetCore.Connections;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Hosting;

/// <summary>What a start or a command may run into that is not a fault of the program: said in one line, with what to do.</summary>
internal static class StartFailures
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>The line; null for what only a programmer can mend, which keeps its stack.</summary>
    public static Refusal? Of(Exception failure, StudioDatabase database) =>
        database.Explain(failure) is { } why ? new Refusal(2, why) : Of(failure);

    private static Refusal? Of(Exception failure) => failure switch
    {
        IOException { InnerException: AddressInUseException } => new Refusal(3, $"{Line(failure)} Start with another --urls."),
        _ when failure.Source?.StartsWith(Kestrel, StringComparison.Ordinal) == true =>
            new Refusal(2, $"The server cannot listen: {Line(failure)} Mend --urls."),
        IOException or UnauthorizedAccessException => new Refusal(2, $"A file cannot be read or written: {Line(failure)}"),
        System.ComponentModel.Win32Exception => new Refusal(2, $"The server cannot listen: {Line(failure)}. Mend --urls."),
        _ => null,
    };

    private static string Line(Exception failure) => failure.Message.ReplaceLineEndings(" ");
}
