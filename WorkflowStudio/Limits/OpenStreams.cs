namespace WorkflowStudio.Limits;

/// <summary>The runs that are being followed; owners are keys and people.</summary>
internal sealed class OpenStreams(StudioLimits limits) : OpenPlaces(limits.Streams);

/// <summary>The posts to webhooks that wait for what their run answers; owners are workflows.</summary>
internal sealed class OpenAnswers(StudioLimits limits) : OpenPlaces(limits.Answers);
